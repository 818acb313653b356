//! The report as one page for a browser: the document to read, and the tables to search, in a file that loads nothing.

use std::collections::BTreeMap;
use std::io::{self, Write};

use sha2::{Digest, Sha256};

use super::language::Language;
use super::markup::Markup;
use super::story;
use super::view::View;
use super::writer::{Report, Writer};
use base64::base64;

mod base64;
mod document;
mod island;

/// The page to search.
pub(super) const WRITER: Writer = Writer {
    name: "html",
    about: "report.html, one page to search in a browser, without a network",
    usual: false,
    files,
};

/// The page's frame, with its style and script; `{{...}}` stands for what is filled in.
const PAGE: &str = include_str!("../../../templates/report/page.html");

fn files<'a>(view: &'a View<'a>) -> Vec<Report<'a>> {
    let report = |out: &mut (dyn Write + Send)| write(view, out).map(Some);
    vec![Report { name: "report.html".to_owned(), write: Box::new(report) }]
}

/// Writes the page, and returns how many machines its tables hold.
///
/// # Errors
/// What `out` fails with.
pub fn write(view: &View<'_>, out: &mut (dyn Write + Send)) -> io::Result<u64> {
    let told = story::tell(view);
    let language = view.options.language;
    let mut machines = 0;
    let mut rest = PAGE;
    while let Some((before, (name, after))) =
        rest.split_once("{{").and_then(|(before, after)| Some((before, after.split_once("}}")?)))
    {
        out.write_all(before.as_bytes())?;
        rest = after;
        let mut markup = Markup::new(out);
        match name {
            "policy" => markup.text(&policy(told.cover.logo.is_some()))?,
            "language" => markup.text(language.code())?,
            "said" => out.write_all(said(language).as_bytes())?,
            "title" => markup.text(&document::title(&told.cover))?,
            "cover" => document::cover(&mut markup, &told.cover, language)?,
            "contents" => document::contents(&mut markup, &told)?,
            "sections" => document::sections(&mut markup, &told)?,
            "data" => machines = island::write(view, out)?,
            other => match other.strip_prefix("say ") {
                Some(text) => markup.text(language.words(text))?,
                None => return Err(io::Error::other(format!("the page has no place for {other}"))),
            },
        }
    }
    out.write_all(rest.as_bytes())?;
    Ok(machines)
}

/// The texts that the page's script says, by their English, where the language has others.
fn said(language: Language) -> String {
    let of_script = script_texts().map(|text| (text, language.words(text))).filter(|(text, said)| text != said);
    let said: BTreeMap<&str, &str> = of_script.collect();
    // No text of ours may end the element that it stands in.
    serde_json::to_string(&said).expect("texts are JSON").replace('<', "\\u003c")
}

/// The texts that the page's script says.
fn script_texts() -> impl Iterator<Item = &'static str> {
    PAGE.split("say(\"").skip(1).filter_map(|rest| rest.split_once('"')).map(|(text, _)| text)
}

/// What the page may do: run its own script and wear its own style, each known by its hash, show the logo that it holds, and
/// nothing else.
fn policy(has_logo: bool) -> String {
    let hash = |tag: &str| {
        let (from, to) = (format!("<{tag}>"), format!("</{tag}>"));
        let part = PAGE.split_once(&from).and_then(|(_, after)| after.split_once(&to)).map_or("", |(part, _)| part);
        base64(&Sha256::digest(part))
    };
    format!(
        "default-src 'none'; {}style-src 'sha256-{}'; script-src 'sha256-{}'; base-uri 'none'; form-action 'none'",
        if has_logo { "img-src data:; " } else { "" },
        hash("style"),
        hash("script")
    )
}
