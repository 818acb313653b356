//! What goes into the places of phrases: numbers, sizes, days and facts, each by its own type.

use jiff::civil::Date;

use super::phrase::{Arg, Phrase, say};
use super::{Bytes, Field, Mebibytes, Percent};

/// Ways that a value of a type of its own becomes what goes into a place.
macro_rules! arg_from {
    ($($kind:ty => |$value:ident| $arg:expr;)+) => {
        $(impl From<$kind> for Arg {
            fn from($value: $kind) -> Self {
                $arg
            }
        })+
    };
}

/// Ways that a number, a day or a fact is said by itself.
macro_rules! phrase_from {
    ($($kind:ty)+) => {
        $(impl From<$kind> for Phrase {
            fn from(only: $kind) -> Self {
                Arg::from(only).into()
            }
        })+
    };
}

phrase_from! { u64 usize Bytes Mebibytes Date Field }

arg_from! {
    &'static str => |word| Self::Word(word);
    u64 => |count| Self::Count(count);
    u16 => |count| Self::Count(count.into());
    u32 => |count| Self::Count(count.into());
    usize => |count| Self::Count(count as u64);
    Bytes => |size| Self::Bytes(size);
    Mebibytes => |size| Self::Memory(size);
    Percent => |share| say!("{share} %", share = Arg::Decimal(share.to_string().trim_end_matches(" %").into())).into();
    Date => |date| Self::Date(date);
    Field => |field| Self::Field(field);
    Phrase => |phrase| Self::Said(Box::new(phrase));
}
