//! Units that only a cell's number format shows: a workbook holds 1.5 and shows "1.5 TB".

use quick_xml::Reader;
use quick_xml::events::Event;

use super::attributes::attributes;

/// Each unit and the next smaller one, which is a 1024th of it.
const SMALLER: &[(&str, &str)] = &[("TB", "GB"), ("GB", "MB"), ("MB", "KB")];
/// The most number formats and cell styles that are looked at; a workbook may have no more.
const MOST: usize = 65_536;

/// The number formats of a workbook's cell styles that show a unit, by the number of the style.
#[derive(Clone, Debug, Default)]
pub(super) struct NumberFormats(Vec<Option<NumberFormat>>);

/// A number format, as its sections.
#[derive(Clone, Debug)]
pub(super) struct NumberFormat(Vec<Section>);

#[derive(Clone, Debug)]
struct Section {
    /// Which numbers it is for, when it says so: the sign of comparison, and with what.
    condition: Option<(String, f64)>,
    /// How many times a thousand it leaves out.
    thousands: i32,
    /// The unit that it shows.
    unit: Option<&'static str>,
}

impl NumberFormats {
    /// The formats of a part of styles.
    pub(super) fn of(styles: &[u8]) -> Self {
        let mut reader = Reader::from_reader(styles);
        let (mut formats, mut found) = (Vec::new(), Vec::new());
        let (mut in_cells, mut buffer) = (false, Vec::new());
        while let Ok(event) = reader.read_event_into(&mut buffer) {
            match event {
                Event::Start(start) | Event::Empty(start) => {
                    let name = start.local_name();
                    let value = |wanted: &str| {
                        attributes(&start).into_iter().find(|(name, _)| name == wanted).map(|(_, value)| value)
                    };
                    match name.as_ref() {
                        "numFmt" if formats.len() < MOST => formats.extend(value("numFmtId").zip(value("formatCode"))),
                        "cellXfs" => in_cells = true,
                        "xf" if in_cells && found.len() < MOST => found.push(value("numFmtId")),
                        _ => {}
                    }
                }
                Event::End(end) if end.local_name().as_ref() == "cellXfs" => in_cells = false,
                Event::Eof => break,
                _ => {}
            }
            buffer.clear();
        }
        let of_style = |id: Option<String>| {
            let (_, code) = formats.iter().find(|(known, _)| Some(known) == id.as_ref())?;
            NumberFormat::parse(code)
        };
        let found: Vec<Option<NumberFormat>> = found.into_iter().map(of_style).collect();
        Self(if found.iter().any(Option::is_some) { found } else { Vec::new() })
    }

    /// Whether no style shows a unit.
    pub(super) const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The format of a style.
    pub(super) fn style(&self, number: usize) -> Option<&NumberFormat> {
        self.0.get(number)?.as_ref()
    }
}

impl NumberFormat {
    /// A format that shows a unit in one of its sections.
    fn parse(code: &str) -> Option<Self> {
        let sections: Vec<Section> = code.split(';').take(4).map(Section::parse).collect();
        sections.iter().any(|section| section.unit.is_some()).then_some(Self(sections))
    }

    /// A number with the unit that its cell shows, the same size in a form that any reader of numbers takes alike.
    pub(super) fn shown(&self, number: f64) -> Option<String> {
        let holds = |section: &&Section| match &section.condition {
            Some((sign, bound)) => match sign.as_str() {
                ">" => number > *bound,
                ">=" => number >= *bound,
                "<" => number < *bound,
                "<=" => number <= *bound,
                "=" => (number - bound).abs() < f64::EPSILON,
                "<>" => (number - bound).abs() >= f64::EPSILON,
                _ => false,
            },
            None => true,
        };
        let section = self.0.iter().find(holds)?;
        let mut unit = section.unit?;
        let mut shown = number / 1000_f64.powi(section.thousands);
        // A point may part thousands where it stands, so what is no whole number is said in a smaller unit.
        while shown.fract() != 0.0 {
            let Some((_, smaller)) = SMALLER.iter().find(|(known, _)| *known == unit) else { break };
            shown *= 1024.0;
            unit = smaller;
        }
        (shown.is_finite() && shown >= 0.0).then(|| format!("{shown:.0} {unit}"))
    }
}

impl Section {
    fn parse(code: &str) -> Self {
        let (mut literal, mut condition) = (String::new(), None);
        // What follows the last place of a digit, in which a comma leaves a thousand out.
        let mut thousands = 0;
        let mut signs = code.chars();
        while let Some(sign) = signs.next() {
            match sign {
                '"' => literal.extend(signs.by_ref().take_while(|sign| *sign != '"')),
                '\\' => literal.extend(signs.next()),
                '_' | '*' => {
                    signs.next();
                }
                '[' => {
                    let inside: String = signs.by_ref().take_while(|sign| *sign != ']').collect();
                    condition = condition.or_else(|| comparison(&inside));
                }
                '0' | '#' | '?' => thousands = 0,
                ',' => thousands += 1,
                sign if sign.is_alphabetic() || sign.is_whitespace() => literal.push(sign),
                _ => {}
            }
        }
        Self { condition, thousands, unit: unit(literal.trim()) }
    }
}

fn comparison(inside: &str) -> Option<(String, f64)> {
    let at = inside.find(|sign: char| !matches!(sign, '<' | '>' | '='))?;
    let (sign, bound) = inside.split_at(at);
    (!sign.is_empty()).then(|| Some((sign.to_owned(), bound.trim().parse().ok()?)))?
}

/// The unit that a literal text is, in one way of writing: "GB", "GiB" and the French "Go" are one.
fn unit(literal: &str) -> Option<&'static str> {
    let upper = literal.to_uppercase();
    let mut known = SMALLER.iter().flat_map(|(unit, smaller)| [*unit, *smaller]);
    let same = |unit: &&str| upper == **unit || upper == unit.replace('B', "IB") || upper == unit.replace('B', "O");
    known.find(same)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_told_with_the_unit_that_its_cell_shows() {
        for (code, number, shown) in [
            (r#"0.0 "TB""#, 1.5, Some("1536 GB")),
            (r#"0.0 "TB""#, 40.0, Some("40 TB")),
            (r#"#,##0 "MB""#, 4096.0, Some("4096 MB")),
            (r"0\ \G\B", 80.0, Some("80 GB")),
            (r#"0.00" GiB""#, 0.5, Some("512 MB")),
            (r#"0" Go""#, 80.0, Some("80 GB")),
            (r#"0.0,"GB""#, 81_920.0, Some("85899346 KB")),
            (r#"[>=1000]0.0,"TB";0"GB""#, 2000.0, Some("2 TB")),
            (r#"[>=1000]0.0,"TB";0"GB""#, 500.0, Some("500 GB")),
            (r#"0.0 "kr""#, 1.5, None),
            ("0.00E+00", 1.5, None),
            ("0.00", 1.5, None),
        ] {
            let told = NumberFormat::parse(code).and_then(|format| format.shown(number));
            assert_eq!(told.as_deref(), shown, "{code} of {number}");
        }
    }
}
