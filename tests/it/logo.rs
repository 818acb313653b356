//! The customer's logo: read in every form it comes in, refused in words, and on the cover of what people read.

mod picture;

use std::io::{Cursor, Read as _};

use klar::report::logo::{Logo, Pixels};
use lopdf::{Dictionary, Object};
use proptest::prelude::*;

use super::binary::{Folder, Run};
use picture::{Form, SVG, chunk, deflated, head, png, red};

const CONFIG: &str = "[report]\ncustomer = \"Ödegård AB\"\nlogo = \"art/logo.png\"\n";
const ESTATE: &str =
    "VM name,Generation,Guest operating system\nvm-1,2,Windows Server 2022\nvm-2,1,Windows Server 2019\n";

fn pixels(bytes: &[u8]) -> Pixels {
    let logo = Logo::read("logo.png", bytes.to_vec()).unwrap_or_else(|why| panic!("{why}"));
    logo.pixels().unwrap().clone()
}

fn refused(bytes: &[u8]) -> String {
    Logo::read("art/logo.png", bytes.to_vec()).expect_err("it is refused").to_string()
}

/// Every form that the format knows.
fn forms() -> Vec<Form> {
    let kinds = [(0, &[1, 2, 4, 8, 16][..]), (2, &[8, 16]), (3, &[1, 2, 4, 8]), (4, &[8, 16]), (6, &[8, 16])];
    let mut forms = Vec::new();
    for (kind, depths) in kinds {
        for &depth in depths {
            forms.extend([false, true].map(|interlaced| Form { kind, depth, interlaced }));
        }
    }
    forms
}

/// Eight bits of a sample of a grey or colour.
fn eight(sample: u16, depth: u8) -> u8 {
    u8::try_from(u32::from(sample) * 255 / ((1_u32 << depth) - 1)).unwrap()
}

#[test]
fn every_form_of_png_gives_the_pixels_that_were_drawn() {
    let palette: Vec<[u8; 4]> =
        (0..=255_u8).map(|at| [at, at ^ 0x55, 255 - at, if at % 3 == 0 { at } else { 255 }]).collect();
    for (seed, form) in forms().into_iter().enumerate() {
        for (width, height) in [(1, 1), (3, 2), (5, 9), (16, 8), (33, 17)] {
            let most = (1_u32 << form.depth) - 1;
            let sample = |x: usize, y: usize, number: usize| {
                let mixed = u32::try_from(x * 7919 + y * 104_729 + number * 1_299_709 + seed).unwrap();
                u16::try_from(mixed.wrapping_mul(2_654_435_761) >> 7 & most).unwrap()
            };
            let colours: Vec<u8> = palette.iter().flat_map(|[r, g, b, _]| [*r, *g, *b]).collect();
            let opacity: Vec<u8> = palette.iter().map(|[.., a]| *a).collect();
            let used = 1 << form.depth.min(8);
            let more = match form.kind {
                3 => vec![chunk(b"PLTE", &colours[..used * 3]), chunk(b"tRNS", &opacity[..used])],
                _ => Vec::new(),
            };
            let seen = pixels(&png(form, (width, height), &more, sample));
            assert_eq!((seen.width as usize, seen.height as usize), (width, height), "{form:?}");
            for pixel in 0..width * height {
                let (x, y) = (pixel % width, pixel / width);
                let of = |number| eight(sample(x, y, number), form.depth);
                let drawn = match form.kind {
                    0 => [of(0), of(0), of(0), 255],
                    2 => [of(0), of(1), of(2), 255],
                    3 => palette[usize::from(sample(x, y, 0))],
                    4 => [of(0), of(0), of(0), of(1)],
                    _ => [of(0), of(1), of(2), of(3)],
                };
                let colour = &seen.colours[pixel * 3..][..3];
                let opacity = seen.opacity.as_ref().map_or(255, |opacity| opacity[pixel]);
                assert_eq!([colour, &[opacity]].concat(), drawn, "{form:?} {width} x {height} at {x}, {y}");
            }
        }
    }
}

#[test]
fn one_colour_may_be_declared_unseen() {
    let grey = Form { kind: 0, depth: 8, interlaced: false };
    let seen = pixels(&png(grey, (4, 1), &[chunk(b"tRNS", &[0, 2])], |x, _, _| u16::try_from(x).unwrap()));
    assert_eq!(seen.opacity.unwrap(), [255, 255, 0, 255]);
    let colours = Form { kind: 2, depth: 16, interlaced: true };
    let unseen = [0, 7, 0, 8, 0, 9];
    let seen =
        pixels(&png(
            colours,
            (3, 3),
            &[chunk(b"tRNS", &unseen)],
            |x, y, number| {
                if (x, y) == (1, 2) { [7, 8, 9][number] } else { 7 }
            },
        ));
    assert_eq!(seen.opacity.unwrap(), [255, 255, 255, 255, 255, 255, 255, 0, 255]);
}

#[test]
fn a_logo_stands_on_paper_whole_and_never_larger_than_its_pixels_bear() {
    let of = |width, height| Pixels { width, height, colours: Vec::new(), opacity: None }.on_paper();
    assert_eq!(of(100, 40), (7_500, 3_000));
    assert_eq!(of(2_000, 500), (17_000, 4_250));
    assert_eq!(of(500, 2_000), (1_625, 6_500));
    assert_eq!(of(1, 1), (75, 75));
    assert_eq!(of(4_000_000, 1), (17_000, 1));
}

#[test]
fn what_is_no_logo_is_refused_with_its_name() {
    let grey = Form { kind: 0, depth: 1, interlaced: false };
    let whole = red(20, 10);
    let short = [head(grey, 2_000, 2_000), chunk(b"IDAT", &deflated(&[0; 4_000])), chunk(b"IEND", b"")];
    let long = [head(grey, 8, 1), chunk(b"IDAT", &deflated(&vec![0; 5 << 20])), chunk(b"IEND", b"")];
    let with = |parts: &[Vec<u8>]| [picture::SIGNATURE.to_vec(), parts.concat()].concat();
    for (bytes, why) in [
        (Vec::new(), "is neither PNG nor SVG"),
        (b"GIF89a\x01\0\x01\0".to_vec(), "is neither PNG nor SVG"),
        (b"\xff\xd8\xff\xe0".to_vec(), "is neither PNG nor SVG"),
        (picture::SIGNATURE.to_vec(), "is a broken PNG"),
        (whole[..whole.len() - 12].to_vec(), "is a broken PNG"),
        (with(&[head(grey, 2_001, 2_000)]), "is a broken PNG"),
        (with(&[head(grey, 2_001, 2_000), chunk(b"IEND", b"")]), "has 2001 x 2000 pixels, more than the 4000000"),
        (with(&[head(grey, 4_294_967_295, 4_294_967_295), chunk(b"IEND", b"")]), "has 4294967295 x 4294967295 pixels"),
        (with(&[head(grey, 0, 3), chunk(b"IEND", b"")]), "is a broken PNG"),
        (with(&[head(Form { depth: 3, ..grey }, 1, 1), chunk(b"IEND", b"")]), "is a broken PNG"),
        (
            with(&[head(Form { kind: 3, ..grey }, 1, 1), chunk(b"IDAT", &deflated(&[0, 0])), chunk(b"IEND", b"")]),
            "is a broken PNG",
        ),
        (with(&short), "is a broken PNG"),
        (with(&[chunk(b"IDAT", b""), chunk(b"IEND", b"")]), "is a broken PNG"),
        (b"<html xmlns=\"http://www.w3.org/2000/svg\"/>".to_vec(), "is no whole SVG"),
        (b"<svg width=\"4\"/>".to_vec(), "is no whole SVG"),
        (b"<svg xmlns=\"http://www.w3.org/2000/svg\"><g></svg>".to_vec(), "is no whole SVG"),
        (SVG.replace("</svg>", "").into_bytes(), "is no whole SVG"),
        (format!("{SVG}<svg xmlns=\"http://www.w3.org/2000/svg\"/>").into_bytes(), "is no whole SVG"),
        (SVG.replace("<defs>", "<script>alert(1)</script><defs>").into_bytes(), "is an SVG with <script>"),
        (SVG.replace("<defs>", "<foreignObject/><defs>").into_bytes(), "is an SVG with <foreignObject>"),
        (SVG.replace("<rect", "<rect onload=\"x()\"").into_bytes(), "is an SVG with onload"),
        (
            SVG.replace("href=\"#g\"", "href=\"http://evil.example/x\"").into_bytes(),
            "is an SVG with http://evil.example/x",
        ),
        (SVG.replace("url(#g)", "url(//evil.example)").into_bytes(), "is an SVG with //evil.example"),
        (
            SVG.replace("url( '#g' )", "u rl('file:///etc')").replace("u rl", "url").into_bytes(),
            "is an SVG with file:///etc",
        ),
        (SVG.replace(".a {", "@import 'x'; .a {").into_bytes(), "is an SVG with @import"),
        (
            SVG.replace("svg11.dtd\">", "svg11.dtd\" [<!ENTITY a \"b\">]>").into_bytes(),
            "is an SVG with <!DOCTYPE [...]>",
        ),
        (SVG.replace("<defs>", &"<g>".repeat(100)).into_bytes(), "is no whole SVG"),
        (
            SVG.replace("<defs>", &format!("{}<defs>", " ".repeat(600 << 10))).into_bytes(),
            "is an SVG of more than 512 KiB",
        ),
        ([SVG.as_bytes(), b"\xff"].concat(), "is an SVG that is not UTF-8"),
    ] {
        let told = refused(&bytes);
        assert!(told.starts_with(&format!("art/logo.png: {why}")), "{told}\nexpected {why}");
    }
    // No more is unpacked than the picture has pixels for.
    assert_eq!(pixels(&with(&long)).colours, [0; 24]);
}

proptest! {
    #[test]
    fn a_damaged_picture_is_refused_or_small(at in 0_usize..1 << 12, bit in 0_u32..8, cut in any::<bool>()) {
        let mut bytes = red(24, 12);
        let at = at % bytes.len();
        if cut { bytes.truncate(at) } else { bytes[at] ^= 1 << bit }
        // Each part carries a checksum, so a slip anywhere is seen.
        prop_assert!(Logo::read("logo.png", bytes).is_err());
    }
}

fn site(name: &str, logo: &[u8]) -> Folder {
    let folder = Folder::new(name);
    folder.put("in/servers.csv", ESTATE).put("in/klar.toml", CONFIG).put("in/art/logo.png", logo);
    folder
}

fn assess(folder: &Folder, out: &str, formats: &str, more: &[&str]) -> Run {
    let fixed = ["assess", "in", "-o", out, "--as-of", "2026-11-22", "--config", "in/klar.toml", "--format", formats];
    folder.run(&[&fixed, more].concat())
}

fn read(folder: &Folder, name: &str) -> Vec<u8> {
    std::fs::read(folder.path(name)).unwrap()
}

/// The image that the first page of a PDF draws, with what holds its opacity.
fn image(file: &lopdf::Document) -> Option<(&Dictionary, Vec<u8>, Vec<u8>)> {
    let page = file.get_dictionary(file.page_iter().next().unwrap()).unwrap();
    let resources = file.get_dictionary(page.get(b"Resources").unwrap().as_reference().unwrap()).unwrap();
    let images = file.get_dictionary(resources.get(b"XObject").unwrap().as_reference().unwrap()).unwrap();
    let stream = |number: &Object| file.get_object(number.as_reference().unwrap()).unwrap().as_stream().unwrap();
    let image = stream(images.get(b"Logo").ok()?);
    let mask = stream(image.dict.get(b"SMask").unwrap());
    Some((&image.dict, image.get_plain_content().unwrap(), mask.get_plain_content().unwrap()))
}

#[test]
fn the_cover_of_every_report_that_people_read_has_the_logo() {
    let logo = red(120, 60);
    let folder = site("logo-everywhere", &logo);
    let run = assess(&folder, "out", "pdf,docx,html,json", &["--lang", "sv"]);
    assert_eq!(run.code, 0, "{}", run.err);

    let bytes = read(&folder, "out/report.pdf");
    let file = lopdf::Document::load_mem(&bytes).unwrap();
    let (dictionary, colours, opacity) = image(&file).unwrap();
    assert_eq!(dictionary.get(b"Width").unwrap().as_i64().unwrap(), 120);
    let drawn = pixels(&logo);
    assert_eq!((colours, Some(opacity)), (drawn.colours, drawn.opacity));
    let words = file.objects.values().filter_map(|object| object.as_dict().ok()?.get(b"Alt").ok());
    let words: Vec<String> = words.map(|words| lopdf::decode_text_string(words).unwrap()).collect();
    assert!(words.contains(&"Ödegård AB:s logotyp".to_owned()), "{words:?}");

    let mut zip = zip::ZipArchive::new(Cursor::new(read(&folder, "out/report.docx"))).unwrap();
    let mut part = |name: &str| {
        let mut bytes = Vec::new();
        zip.by_name(name).unwrap().read_to_end(&mut bytes).unwrap();
        bytes
    };
    assert_eq!(part("word/media/logo.png"), logo);
    let text = |bytes| String::from_utf8(bytes).unwrap();
    assert!(text(part("word/_rels/document.xml.rels")).contains("Id=\"logo\" Target=\"media/logo.png\""));
    assert!(text(part("[Content_Types].xml")).contains("image/png"));
    let document = text(part("word/document.xml"));
    assert!(document.contains("r:embed=\"logo\"") && document.contains("descr=\"Ödegård AB:s logotyp\""));
    assert!(document.contains("<wp:extent cx=\"1143000\" cy=\"571500\"/>"), "120 pixels are an inch and a quarter");

    let page = folder.text("out/report.html");
    assert!(page.contains("<img class=\"logo\" alt=\"Ödegård AB:s logotyp\" src=\"data:image/png;base64,iVBORw0KGgo"));
    assert!(page.contains("img-src data:;"));

    assert!(!folder.text("out/assessment.json").contains("logo.png"), "a logo is no export");
    assert!(folder.text("out/manifest.json").contains("in/art/logo.png"));
    assert_eq!(assess(&folder, "again", "pdf,docx,html", &["--lang", "sv"]).code, 0);
    for name in ["report.pdf", "report.docx", "report.html"] {
        assert!(read(&folder, &format!("out/{name}")) == read(&folder, &format!("again/{name}")), "{name}");
    }
}

#[test]
fn a_logo_is_of_the_customer_and_is_not_told_under_pseudonyms() {
    let folder = site("logo-redacted", &red(30, 30));
    folder.put("site.key", "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff\n");
    let run = assess(&folder, "out", "pdf,docx,html", &["--redact", "--redact-key", "site.key"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(image(&lopdf::Document::load_mem(&read(&folder, "out/report.pdf")).unwrap()).is_none());
    let zip = zip::ZipArchive::new(Cursor::new(read(&folder, "out/report.docx"))).unwrap();
    assert!(zip.file_names().all(|name| !name.unwrap().contains("logo")));
    assert!(!folder.text("out/report.html").contains("data:image"));
    assert!(!folder.text("out/manifest.json").contains("logo"));
}

#[test]
fn a_file_that_cannot_be_the_logo_stops_the_run_by_its_name() {
    let folder = site("logo-refused", &red(4, 4));
    let told = |bytes: &[u8], formats: &str, why: &str| {
        folder.put("in/art/logo.png", bytes);
        let run = assess(&folder, "out", formats, &[]);
        assert!(run.code == 2 && run.err.contains("in/art/logo.png: ") && run.err.contains(why), "{}", run.err);
        assert!(!folder.path("out").exists());
    };
    told(&red(40, 40)[..200], "pdf", "is a broken PNG");
    told(&vec![0x89; 3 << 20], "csv", "more than 2 MiB");
    told(b"", "html", "is neither PNG nor SVG");
    told(SVG.as_bytes(), "html,pdf", "is SVG, which pdf cannot show");
    told(SVG.as_bytes(), "docx", "is SVG, which docx cannot show");
    std::fs::remove_file(folder.path("in/art/logo.png")).unwrap();
    let run = assess(&folder, "out", "csv", &[]);
    assert!(run.code == 2 && run.err.contains("in/art/logo.png: cannot be opened"), "{}", run.err);
}

#[test]
fn an_svg_is_for_the_browser() {
    let folder = site("logo-svg", SVG.as_bytes());
    let run = assess(&folder, "out", "html,csv", &[]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(folder.text("out/report.html").contains("src=\"data:image/svg+xml;base64,PD94bWwg"));
}
