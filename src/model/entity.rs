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

            /// Whether a field is one of its facts.
            #[must_use]
            pub const fn has(field: $crate::model::Field) -> bool {
                matches!(field, $($crate::model::Field::$field)|+)
            }

            /// Whether the fact of a field is known.
            #[must_use]
            pub fn knows(&self, field: $crate::model::Field) -> bool {
                $((field == $crate::model::Field::$field && self.$fact.is_known()))||+
            }

            /// Every fact in order of declaration: as people read it and with its cell, or why it is missing.
            pub fn facts(
                &self,
            ) -> impl Iterator<
                Item = ($crate::model::Field, Result<$crate::model::Known<String>, $crate::model::Missing>),
            > {
                [$(($crate::model::Field::$field, self.$fact.plain()),)+].into_iter()
            }

            /// The fact of a field as people read it; none when it is no fact of this kind of subject, or not known.
            #[must_use]
            pub fn told(&self, field: $crate::model::Field) -> Option<String> {
                $(if field == $crate::model::Field::$field {
                    return self.$fact.plain().ok().map(|known| known.value);
                })+
                None
            }

            /// Takes the fact of a field over from another, as read from another place.
            pub fn take_over(&mut self, field: $crate::model::Field, from: &Self, origin: $crate::model::Origin) {
                $(if field == $crate::model::Field::$field
                    && let Some(value) = from.$fact.value()
                {
                    self.$fact = $crate::model::Fact::known(value.clone(), origin);
                })+
            }

            /// Nothing but some facts, each of this one or else of the other, as read from a cell.
            #[must_use]
            pub fn picked(
                &self,
                other: &Self,
                facts: &[($crate::model::Field, $crate::model::Origin, bool)],
            ) -> Self {
                let mut picked = Self::seen_at(other.seen);
                for (field, cell, is_mine) in facts {
                    picked.take_over(*field, if *is_mine { self } else { other }, *cell);
                }
                picked
            }

            /// The cell of the first fact that both know and of which the other says otherwise.
            #[must_use]
            pub fn contradicted_by(&self, other: &Self) -> Option<$crate::model::Origin> {
                $(if let (Ok(mine), Ok(theirs)) = (self.$fact.need(), other.$fact.need())
                    && mine.value != theirs.value
                {
                    return Some(mine.origin);
                })+
                None
            }

            /// Tells each fact that both know and of which the other says otherwise: the field, and both values.
            pub fn differences(
                &self,
                other: &Self,
                tell: &mut dyn FnMut(
                    $crate::model::Field,
                    [(&dyn $crate::model::Said, $crate::model::Origin); 2],
                ),
            ) {
                use $crate::model::Said as _;
                $(if let (Ok(mine), Ok(theirs)) = (self.$fact.need(), other.$fact.need())
                    && !mine.value.agrees(&theirs.value)
                {
                    tell($crate::model::Field::$field, [(&mine.value, mine.origin), (&theirs.value, theirs.origin)]);
                })+
            }

            /// Takes from the other what this one does not know, and what it believes over its own.
            pub fn merge(
                &mut self,
                other: Self,
                believes: &dyn Fn($crate::model::Origin, $crate::model::Origin) -> bool,
            ) {
                $(self.$fact.merge(other.$fact, believes);)+
            }

            /// Takes from the other what this one does not know.
            pub fn fill(&mut self, other: Self) {
                $(self.$fact.fill(other.$fact);)+
            }

            /// Puts something else in the place of each name.
            pub fn rename(&mut self, with: &dyn Fn($crate::model::Identity, &str) -> String) {
                $(self.$fact.rename($crate::model::Field::$field.identity(), with);)+
            }
        }
    };
}

pub(crate) use entity;
