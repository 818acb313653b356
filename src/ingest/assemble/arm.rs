//! Azure's resource IDs, and the portal links that end with one.

/// The parts of an ARM resource ID.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct ArmId<'a> {
    pub subscription: Option<&'a str>,
    pub group: Option<&'a str>,
    /// Provider and type: "Microsoft.Network/virtualNetworks".
    pub resource_type: Option<String>,
}

/// Reads an ARM ID, or the portal link that ends with one.
pub(super) fn arm_id(text: &str) -> ArmId<'_> {
    let mut id = ArmId::default();
    let mut parts = arm_path(text).split('/');
    while let Some(part) = parts.next() {
        match part.to_ascii_lowercase().as_str() {
            "subscriptions" => id.subscription = parts.next(),
            "resourcegroups" => id.group = parts.next(),
            "providers" => {
                let provider = parts.next().unwrap_or_default();
                // Type and name alternate; a child's type has one part for each level.
                let types: Vec<&str> = parts.by_ref().step_by(2).collect();
                id.resource_type = Some(format!("{provider}/{}", types.join("/")));
            }
            _ => {}
        }
    }
    id
}

/// The ARM ID in a portal link, from "/subscriptions/" on; the text itself when it is no link.
pub(super) fn arm_path(text: &str) -> &str {
    text.to_ascii_lowercase().find("/subscriptions/").map_or(text, |at| &text[at..])
}
