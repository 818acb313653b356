//! The report as one page for a browser: the document to read, and the tables to search, in a file that loads nothing.

use std::io::{self, Write};

use sha2::{Digest, Sha256};

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
    let mut machines = 0;
    let mut rest = PAGE;
    while let Some((before, (name, after))) =
        rest.split_once("{{").and_then(|(before, after)| Some((before, after.split_once("}}")?)))
    {
        out.write_all(before.as_bytes())?;
        rest = after;
        let mut markup = Markup::new(out);
        match name {
            "policy" => markup.text(&policy())?,
            "title" => markup.text(&document::title(&told.cover))?,
            "cover" => document::cover(&mut markup, &told.cover)?,
            "contents" => document::contents(&mut markup, &told)?,
            "sections" => document::sections(&mut markup, &told)?,
            "data" => machines = island::write(view, out)?,
            unknown => return Err(io::Error::other(format!("the page has no place for {unknown}"))),
        }
    }
    out.write_all(rest.as_bytes())?;
    Ok(machines)
}

/// What the page may do: run its own script and wear its own style, each known by its hash, and nothing else.
fn policy() -> String {
    let hash = |tag: &str| {
        let (from, to) = (format!("<{tag}>"), format!("</{tag}>"));
        let part = PAGE.split_once(&from).and_then(|(_, after)| after.split_once(&to)).map_or("", |(part, _)| part);
        base64(&Sha256::digest(part))
    };
    format!(
        "default-src 'none'; style-src 'sha256-{}'; script-src 'sha256-{}'; base-uri 'none'; form-action 'none'",
        hash("style"),
        hash("script")
    )
}
