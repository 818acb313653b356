//! The macro that makes a plug-in one line: it declares a module and lists what it exports.

/// Declares each module and collects the item of the given name into one static list.
///
/// The list keeps the order written here, which is the order of every report.
macro_rules! roster {
    ($(#[$doc:meta])* $list:ident: $item:ident, $kind:ty; $($module:ident),+ $(,)?) => {
        $(mod $module;)+
        $(#[$doc])*
        pub static $list: &[&$kind] = &[$(&$module::$item),+];
    };
}

pub(crate) use roster;
