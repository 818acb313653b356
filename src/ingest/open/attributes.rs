//! The attributes of an element of a workbook's parts.

use quick_xml::XmlVersion;
use quick_xml::events::BytesStart;

/// Attributes by local name.
pub(super) type Attributes = Vec<(String, String)>;

/// An element's attributes by local name.
pub(super) fn attributes(start: &BytesStart<'_>) -> Attributes {
    start
        .attributes()
        .with_checks(false)
        .flatten()
        .map(|attribute| {
            let value = attribute
                .normalized_value(XmlVersion::Implicit1_0)
                .map_or_else(|_| attribute.value.to_string(), Into::into);
            (attribute.key.local_name().as_ref().to_owned(), value)
        })
        .collect()
}
