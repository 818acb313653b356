//! A JSON value in memory: texts borrowed from the file, keys in the order they were written.

use std::borrow::Cow;
use std::fmt;

use rustc_hash::FxHashSet;
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

/// A JSON value that borrows its texts and keeps the order of its keys.
#[derive(Debug)]
pub(super) enum Json<'a> {
    Null,
    Bool(bool),
    Number(f64),
    Text(Cow<'a, str>),
    List(Vec<Json<'a>>),
    Object(Vec<(Cow<'a, str>, Json<'a>)>),
}

impl<'de: 'a, 'a> Deserialize<'de> for Json<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Values)
    }
}

/// Up to how many keys of an object are looked through one by one.
const FEW: usize = 32;

struct Values;

impl<'de> Visitor<'de> for Values {
    type Value = Json<'de>;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Json<'de>, E> {
        Ok(Json::Null)
    }

    fn visit_bool<E>(self, truth: bool) -> Result<Json<'de>, E> {
        Ok(Json::Bool(truth))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Json<'de>, E> {
        Ok(whole(number.unsigned_abs(), number.is_negative()))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Json<'de>, E> {
        Ok(whole(number, false))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Json<'de>, E> {
        Ok(Json::Number(number))
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Json<'de>, E> {
        Ok(Json::Text(Cow::Borrowed(text)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Json<'de>, E> {
        Ok(Json::Text(Cow::Owned(text.to_owned())))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Json<'de>, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = list.next_element()? {
            items.push(item);
        }
        // Room for four is made at first, and most lists and objects are smaller.
        items.shrink_to_fit();
        Ok(Json::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Json<'de>, A::Error> {
        let mut members: Vec<(Cow<'de, str>, Json<'de>)> = Vec::new();
        let mut many: FxHashSet<Cow<'de, str>> = FxHashSet::default();
        while let Some(Key(key)) = map.next_key()? {
            if members.len() == FEW {
                many.extend(members.iter().map(|(key, _)| key.clone()));
            }
            let is_twice = match members.len() {
                0..FEW => members.iter().any(|(known, _)| *known == key),
                _ => !many.insert(key.clone()),
            };
            // Readers differ in which of the two they take.
            if is_twice {
                return Err(serde::de::Error::custom(format_args!("the key \"{key}\" stands twice in one object")));
            }
            members.push((key, map.next_value()?));
        }
        members.shrink_to_fit();
        Ok(Json::Object(members))
    }
}

/// Doubles hold whole numbers up to 2^53; longer ones are kept digit by digit.
fn whole<'a>(size: u64, is_negative: bool) -> Json<'a> {
    let sign = if is_negative { "-" } else { "" };
    if size <= 1 << 53 {
        #[expect(clippy::cast_precision_loss, reason = "the size was just compared with what a double holds")]
        let number = size as f64;
        Json::Number(if is_negative { -number } else { number })
    } else {
        Json::Text(Cow::Owned(format!("{sign}{size}")))
    }
}

struct Key<'a>(Cow<'a, str>);

impl<'de: 'a, 'a> Deserialize<'de> for Key<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match deserializer.deserialize_str(Values)? {
            Json::Text(text) => Ok(Self(text)),
            Json::Null | Json::Bool(_) | Json::Number(_) | Json::List(_) | Json::Object(_) => {
                Err(serde::de::Error::custom("a key is no text"))
            }
        }
    }
}

/// A member's key as it is compared: lower case, letters and digits only.
pub(super) fn plain(key: &str) -> String {
    key.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
