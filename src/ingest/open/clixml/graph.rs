//! The objects of a CLIXML file as a graph: each is kept once, and whatever mentions it again points to it.

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
use rustc_hash::FxHashMap;

use crate::ingest::limits::{Limits, count, within};
use crate::ingest::refusal::Refusal;

/// Every object of a file, in the order in which they begin.
#[derive(Debug, Default)]
pub(super) struct Graph {
    pub(super) objects: Vec<Object>,
    /// What stands in the file side by side.
    pub(super) roots: Vec<Value>,
    types: Vec<Vec<String>>,
}

/// An object as PowerShell wrote it down.
#[derive(Debug, Default)]
pub(super) struct Object {
    types: Option<usize>,
    /// What its `ToString()` gave.
    pub(super) said: Option<String>,
    /// Its properties, the ones of its type before those that were added to it.
    pub(super) members: Vec<(String, Value)>,
    pub(super) content: Content,
}

/// What an object holds beside its properties.
#[derive(Debug, Default)]
pub(super) enum Content {
    #[default]
    Nothing,
    /// A number or text that was given properties, or an enumeration's number.
    Scalar(Value),
    List(Vec<Value>),
    Pairs(Vec<(Value, Value)>),
}

/// A value of a property, list or table.
#[derive(Clone, Debug)]
pub(super) enum Value {
    Nothing,
    Bool(bool),
    Number(f64),
    Text(String),
    /// The object that is written here.
    Object(usize),
    /// An object that was written before.
    Mention(usize),
}

impl Graph {
    /// Reads a file's text.
    pub(super) fn read(text: &str, limits: &Limits) -> Result<Self, Refusal> {
        let mut reader = Reader::from_str(text);
        let mut builder = Builder { limits, ..Builder::new(limits) };
        loop {
            let at = usize::try_from(reader.buffer_position()).unwrap_or(text.len());
            let event = reader.read_event().map_err(|error| damaged(text, at, &error.to_string()))?;
            let done = match event {
                Event::Start(start) => builder.open(&start),
                Event::Empty(start) => builder.open(&start).and_then(|()| builder.close()),
                Event::End(_) => builder.close(),
                Event::Text(part) => builder.text(&part.xml10_content()),
                Event::CData(part) => builder.text(&part.xml10_content()),
                Event::GeneralRef(part) => match part.resolve_char_ref() {
                    Ok(Some(letter)) => builder.text(letter.encode_utf8(&mut [0; 4])),
                    Ok(None) => match quick_xml::escape::resolve_predefined_entity(&part.xml10_content()) {
                        Some(letters) => builder.text(letters),
                        None => return Err(damaged(text, at, "it names an entity that XML does not know")),
                    },
                    Err(error) => return Err(damaged(text, at, &error.to_string())),
                },
                Event::Eof => break,
                Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => Ok(()),
            };
            done.map_err(|refusal| match refusal {
                Refusal::Damaged { what } => damaged(text, at, &what.to_string()),
                other => other,
            })?;
        }
        if builder.frames.is_empty() && builder.began {
            Ok(builder.graph)
        } else {
            Err(damaged(text, text.len(), "it ends before its last element is closed"))
        }
    }

    /// The names of an object's .NET types, its own first, without what a remote session puts before them.
    pub(super) fn types(&self, object: usize) -> &[String] {
        self.objects[object].types.map_or(&[], |types| &self.types[types])
    }

    /// The name of an object's own type, when the type has properties of its own.
    pub(super) fn type_name(&self, object: usize) -> Option<&str> {
        let own = self.types(object).first()?;
        (!own.contains("PSCustomObject") && !own.contains("PSObject")).then_some(own)
    }

    /// Whether an object is a thing with properties, and no list, table or enumeration.
    pub(super) fn is_thing(&self, object: usize) -> bool {
        let object = &self.objects[object];
        matches!(object.content, Content::Nothing) && !object.members.is_empty()
    }
}

fn damaged(text: &str, at: usize, what: &str) -> Refusal {
    let line = text.get(..at).unwrap_or(text).matches('\n').count() + 1;
    Refusal::damaged_as(&format!("{what} (line {line})"))
}

/// An element that has begun.
enum Frame {
    /// The file itself.
    Objs,
    Object {
        index: usize,
        name: Option<String>,
    },
    /// The properties of the object around it.
    Members,
    List,
    Pairs,
    Pair {
        key: Option<Value>,
        value: Option<Value>,
    },
    Types {
        id: Option<String>,
        names: Vec<String>,
    },
    Said(String),
    Type(String),
    Scalar {
        tag: String,
        name: Option<String>,
        text: String,
    },
    /// What holds nothing of its own, such as a mention.
    Done,
}

struct Builder<'l> {
    limits: &'l Limits,
    graph: Graph,
    frames: Vec<Frame>,
    by_id: FxHashMap<String, usize>,
    types_by_id: FxHashMap<String, usize>,
    values: u64,
    began: bool,
}

impl<'l> Builder<'l> {
    fn new(limits: &'l Limits) -> Self {
        Self {
            limits,
            graph: Graph::default(),
            frames: Vec::new(),
            by_id: FxHashMap::default(),
            types_by_id: FxHashMap::default(),
            values: 0,
            began: false,
        }
    }

    fn open(&mut self, start: &BytesStart<'_>) -> Result<(), Refusal> {
        self.values += 1;
        within(self.values, self.limits.json_values, "values")?;
        // An object, its properties and a list in them are three elements for one level.
        within(count(self.frames.len()), self.limits.json_depth * 3, "elements inside each other")?;
        let tag = start.local_name().as_ref().to_owned();
        let name = attribute(start, "N").map(|name| unescaped(&name));
        let frame = match tag.as_str() {
            "Objs" => {
                self.began = true;
                Frame::Objs
            }
            _ if !self.began => return Err(Refusal::damaged("it does not begin as a CLIXML file")),
            "Obj" => {
                let index = self.graph.objects.len();
                self.graph.objects.push(Object::default());
                if let Some(id) = attribute(start, "RefId") {
                    self.by_id.insert(id, index);
                }
                Frame::Object { index, name }
            }
            "Ref" => {
                let known = attribute(start, "RefId").and_then(|id| self.by_id.get(&id).copied());
                let object = known.ok_or_else(|| Refusal::damaged("it mentions an object that it does not hold"))?;
                self.give(name, Value::Mention(object))?;
                Frame::Done
            }
            "TN" => Frame::Types { id: attribute(start, "RefId"), names: Vec::new() },
            "TNRef" => {
                let known = attribute(start, "RefId").and_then(|id| self.types_by_id.get(&id).copied());
                if let Some(Frame::Object { index, .. }) = self.frames.last() {
                    self.graph.objects[*index].types = known;
                }
                Frame::Done
            }
            "T" => Frame::Type(String::new()),
            "ToString" => Frame::Said(String::new()),
            "Props" | "MS" => Frame::Members,
            "LST" | "STK" | "QUE" | "IE" => {
                self.hold(Content::List(Vec::new()))?;
                Frame::List
            }
            "DCT" => {
                self.hold(Content::Pairs(Vec::new()))?;
                Frame::Pairs
            }
            "En" => Frame::Pair { key: None, value: None },
            _ => Frame::Scalar { tag, name, text: String::new() },
        };
        self.frames.push(frame);
        Ok(())
    }

    fn close(&mut self) -> Result<(), Refusal> {
        let Some(frame) = self.frames.pop() else { return Err(Refusal::damaged("an element ends that never began")) };
        match frame {
            Frame::Objs | Frame::Members | Frame::List | Frame::Pairs | Frame::Done => {}
            Frame::Object { index, name } => {
                self.graph.objects[index].members.shrink_to_fit();
                self.give(name, Value::Object(index))?;
            }
            Frame::Pair { key, value } => {
                if let (Some(key), Some(value)) = (key, value)
                    && let Some(Content::Pairs(pairs)) = self.content()
                {
                    pairs.push((key, value));
                }
            }
            Frame::Types { id, names } => {
                let number = self.graph.types.len();
                self.graph.types.push(names);
                if let Some(id) = id {
                    self.types_by_id.insert(id, number);
                }
                if let Some(Frame::Object { index, .. }) = self.frames.last() {
                    self.graph.objects[*index].types = Some(number);
                }
            }
            Frame::Type(text) => {
                if let Some(Frame::Types { names, .. }) = self.frames.last_mut() {
                    let name = text.trim();
                    names.push(name.strip_prefix("Deserialized.").unwrap_or(name).to_owned());
                }
            }
            Frame::Said(text) => {
                if let Some(Frame::Object { index, .. }) = self.frames.last() {
                    self.graph.objects[*index].said = Some(unescaped(&text)).filter(|said| !said.is_empty());
                }
            }
            Frame::Scalar { tag, name, text } => self.give(name, scalar(&tag, &text))?,
        }
        Ok(())
    }

    fn text(&mut self, part: &str) -> Result<(), Refusal> {
        if let Some(Frame::Scalar { text, .. } | Frame::Said(text) | Frame::Type(text)) = self.frames.last_mut() {
            within(count(text.len() + part.len()), self.limits.text_bytes, "bytes in one value")?;
            text.push_str(part);
        }
        Ok(())
    }

    /// Hands a value to the element around it.
    fn give(&mut self, name: Option<String>, value: Value) -> Result<(), Refusal> {
        match self.frames.last_mut() {
            Some(Frame::Members) => {
                if let (Some(name), Some(object)) = (name, self.object()) {
                    self.graph.objects[object].members.push((name, value));
                }
            }
            Some(Frame::List) => {
                if let Some(Content::List(items)) = self.content() {
                    items.push(value);
                }
            }
            Some(Frame::Pair { key, value: held }) => match name.as_deref() {
                Some("Key") => *key = Some(value),
                Some(_) | None => *held = Some(value),
            },
            Some(Frame::Object { index, .. }) => self.graph.objects[*index].content = Content::Scalar(value),
            Some(Frame::Objs) => self.graph.roots.push(value),
            Some(
                Frame::Pairs
                | Frame::Types { .. }
                | Frame::Said(_)
                | Frame::Type(_)
                | Frame::Scalar { .. }
                | Frame::Done,
            )
            | None => return Err(Refusal::damaged("a value stands where none can")),
        }
        Ok(())
    }

    /// The object whose properties or items are being read.
    fn object(&self) -> Option<usize> {
        self.frames.iter().rev().find_map(|frame| match frame {
            Frame::Object { index, .. } => Some(*index),
            _ => None,
        })
    }

    fn content(&mut self) -> Option<&mut Content> {
        let object = self.object()?;
        Some(&mut self.graph.objects[object].content)
    }

    fn hold(&mut self, content: Content) -> Result<(), Refusal> {
        match self.frames.last() {
            Some(Frame::Object { index, .. }) => {
                self.graph.objects[*index].content = content;
                Ok(())
            }
            _ => Err(Refusal::damaged("a list stands where none can")),
        }
    }
}

/// An attribute of no namespace.
fn attribute(start: &BytesStart<'_>, name: &str) -> Option<String> {
    let attribute = start.attributes().with_checks(false).flatten().find(|it| it.key.as_ref() == name)?;
    Some(attribute.normalized_value(XmlVersion::Implicit1_0).map_or_else(|_| attribute.value.to_string(), Into::into))
}

/// The value of a primitive element. Secrets, scripts and bytes are no value that anything here asks for.
fn scalar(tag: &str, text: &str) -> Value {
    let trimmed = text.trim();
    match tag {
        "Nil" | "SS" | "SB" | "BA" | "XD" | "PR" => Value::Nothing,
        "B" if trimmed.eq_ignore_ascii_case("true") => Value::Bool(true),
        "B" if trimmed.eq_ignore_ascii_case("false") => Value::Bool(false),
        "By" | "SBy" | "I16" | "I32" | "I64" | "U16" | "U32" | "U64" | "Sg" | "Db" | "D" => number(trimmed),
        _ => Value::Text(unescaped(text)),
    }
}

/// Doubles hold whole numbers up to 2^53; longer ones are kept digit by digit.
fn number(text: &str) -> Value {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    match text.parse::<f64>() {
        Ok(number) if digits <= 15 && number.is_finite() => Value::Number(number),
        Ok(_) | Err(_) => Value::Text(text.to_owned()),
    }
}

/// A text with "_x000A_" turned back into the UTF-16 unit that it stands for.
fn unescaped(text: &str) -> String {
    if !text.contains("_x") {
        return text.to_owned();
    }
    let mut units: Vec<u16> = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        if let Some(unit) = escape_at(rest) {
            units.push(unit);
            rest = &rest[ESCAPE..];
        } else {
            units.extend_from_slice(letter.encode_utf16(&mut [0; 2]));
            rest = &rest[letter.len_utf8()..];
        }
    }
    String::from_utf16_lossy(&units)
}

/// How long "_x000A_" is.
const ESCAPE: usize = 7;

fn escape_at(text: &str) -> Option<u16> {
    let digits = text.get(..ESCAPE)?.strip_prefix("_x")?.strip_suffix('_')?;
    digits.bytes().all(|byte| byte.is_ascii_hexdigit()).then(|| u16::from_str_radix(digits, 16).ok())?
}
