//! What reports tell of names. Judging and planning see every name; what is shown is made of what stands here after them,
//! so that no writer can tell a name that another withholds.

mod address;
mod estate;
mod names;
mod path;
mod results;
mod secret;
mod vocabulary;

pub use names::{Disclosure, Pseudonyms};
pub use secret::{Secret, WITHHELD};
