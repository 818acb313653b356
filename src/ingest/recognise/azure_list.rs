//! Whether a list is of Azure: its types are Azure's, or its identifiers are.

use super::fit::Sample;
use super::reading::Reading;
use crate::ingest::cell;
use crate::ingest::table::Value;
use crate::model::Field;

/// Whether what a reading takes for resources of Azure is that.
pub(super) fn is_azure(reading: &Reading<'_>, sample: &Sample<'_>) -> bool {
    if sample.is_empty() {
        return true;
    }
    let is_id =
        |value: &Value<'_>| matches!(value, Value::Text(text) if text.to_ascii_lowercase().contains("/subscriptions/"));
    if reading.giving(Field::AzureId).is_some_and(|one| sample.cells(one.column).iter().any(is_id)) {
        return true;
    }
    let Some(types) = reading.giving(Field::AzureType) else { return false };
    types.fit.read > 0
        && types.fit.read >= types.fit.unread
        && (is_of_azure_alone(sample.cells(types.column)) || is_placed(reading, sample))
}

/// Whether some type is one that nobody else has: any site has virtual machines and disks.
fn is_of_azure_alone(types: &[Value<'_>]) -> bool {
    types
        .iter()
        .any(|value| matches!(value, Value::Text(text) if cell::is_azure_type(text) && !cell::is_anyones_type(text)))
}

/// Whether rows are in a subscription, a resource group or a region.
fn is_placed(reading: &Reading<'_>, sample: &Sample<'_>) -> bool {
    let is_given = |field: Field| reading.giving(field).is_some_and(|one| one.fit.read > 0);
    let in_region = |value: &Value<'_>| cell::is_like_region(*value);
    is_given(Field::AzureGroup)
        || is_given(Field::AzureSubscription)
        || reading.giving(Field::AzureLocation).is_some_and(|one| sample.cells(one.column).iter().any(in_region))
}
