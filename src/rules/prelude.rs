//! What the file of a check needs, under one name.

pub(super) use super::{Answer, Check, Context, Example, Machine, Rule, Verdict, table};
pub(super) use crate::catalogue::{Kind, Limits};
pub(super) use crate::model::{
    Arg, Cloud, Cluster, Field, Host, HostGroup, Identity, Network, Quota, StorageAccount, Vault, VmmServer, say,
};
