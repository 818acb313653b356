//! The macro that declares an entity: a struct of facts, each knowing which field it is.

/// Declares a struct whose facts start out absent, each under its own [`Field`](super::Field).
macro_rules! entity {
    (
        $(#[$doc:meta])* $name:ident {
            $($(#[$fact_doc:meta])* $fact:ident: $kind:ty = $field:ident,)+
        } plus {
            $($(#[$plain_doc:meta])* $plain:ident: $plain_kind:ty = $start:expr,)*
        }
    ) => {
        $(#[$doc])*
        #[derive(Clone, Debug)]
        pub struct $name {
            $($(#[$fact_doc])* pub $fact: $crate::model::Fact<$kind>,)+
            $($(#[$plain_doc])* pub $plain: $plain_kind,)*
            /// The row the subject was first read from.
            pub seen: $crate::model::Origin,
        }

        impl $name {
            /// Nothing known yet, first seen in the given row.
            #[must_use]
            pub fn seen_at(seen: $crate::model::Origin) -> Self {
                Self {
                    $($fact: $crate::model::Fact::absent($crate::model::Field::$field),)+
                    $($plain: $start,)*
                    seen,
                }
            }

            /// Takes from the other what this one does not know.
            pub fn fill(&mut self, other: Self) {
                $(self.$fact.fill(other.$fact);)+
            }
        }
    };
}

pub(crate) use entity;
