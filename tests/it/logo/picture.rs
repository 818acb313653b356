//! Pictures made for the tests, in every form that a PNG may have.

use std::io::Write;

use flate2::write::ZlibEncoder;
use flate2::{Compression, Crc};

pub const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";

/// The passes of an interlaced picture: first column, step, first row, step.
const PASSES: [[usize; 4]; 7] =
    [[0, 8, 0, 8], [4, 8, 0, 8], [0, 4, 4, 8], [2, 4, 0, 4], [0, 2, 2, 4], [1, 2, 0, 2], [0, 1, 1, 2]];

/// A form of PNG: the kind of its colours, its bits a sample, and whether it is interlaced.
#[derive(Clone, Copy, Debug)]
pub struct Form {
    pub kind: u8,
    pub depth: u8,
    pub interlaced: bool,
}

impl Form {
    pub fn samples(self) -> usize {
        [1, 0, 3, 1, 2, 0, 4][usize::from(self.kind)]
    }
}

pub fn chunk(kind: &[u8], content: &[u8]) -> Vec<u8> {
    let mut crc = Crc::new();
    crc.update(kind);
    crc.update(content);
    let length = u32::try_from(content.len()).unwrap().to_be_bytes();
    [&length[..], kind, content, &crc.sum().to_be_bytes()].concat()
}

pub fn head(form: Form, width: usize, height: usize) -> Vec<u8> {
    let side = |side: usize| u32::try_from(side).unwrap().to_be_bytes();
    let rest = [form.depth, form.kind, 0, 0, u8::from(form.interlaced)];
    chunk(b"IHDR", &[&side(width)[..], &side(height), &rest].concat())
}

pub fn deflated(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::new(6));
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// A PNG whose samples are given by column, row and number of the sample; rows take each filter in turn.
pub fn png(
    form: Form,
    (width, height): (usize, usize),
    more: &[Vec<u8>],
    sample: impl Fn(usize, usize, usize) -> u16,
) -> Vec<u8> {
    let mut plane = Vec::new();
    let passes: &[[usize; 4]] = if form.interlaced { &PASSES } else { &[[0, 1, 0, 1]] };
    let mut filter = 0;
    for &[column, across, row, down] in passes {
        let columns: Vec<usize> = (column..width).step_by(across).collect();
        if columns.is_empty() {
            continue;
        }
        let mut above = Vec::new();
        for y in (row..height).step_by(down) {
            let samples = columns.iter().flat_map(|&x| (0..form.samples()).map(move |number| (x, number)));
            let line = packed(form.depth, samples.map(|(x, number)| sample(x, y, number)));
            above.resize(line.len(), 0);
            let step = (form.samples() * usize::from(form.depth)).div_ceil(8);
            plane.push(filter);
            plane.extend(filtered(filter, &line, &above, step));
            filter = (filter + 1) % 5;
            above = line;
        }
    }
    // The data may come in pieces, cut anywhere.
    let data = deflated(&plane);
    let (one, other) = data.split_at(data.len() / 3);
    let parts = [chunk(b"tEXt", b"Comment\0made for a test"), chunk(b"IDAT", one), chunk(b"IDAT", other)];
    [SIGNATURE.to_vec(), head(form, width, height), more.concat(), parts.concat(), chunk(b"IEND", b"")].concat()
}

fn packed(depth: u8, samples: impl Iterator<Item = u16>) -> Vec<u8> {
    let mut bits = Vec::new();
    for sample in samples {
        bits.extend((0..depth).rev().map(|bit| sample >> bit & 1 == 1));
    }
    bits.chunks(8).map(|byte| byte.iter().enumerate().map(|(at, &bit)| u8::from(bit) << (7 - at)).sum()).collect()
}

fn filtered(filter: u8, line: &[u8], above: &[u8], step: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    for (at, &byte) in line.iter().enumerate() {
        let (left, corner) = if at < step { (0, 0) } else { (line[at - step], above[at - step]) };
        let (a, b, c) = (i32::from(left), i32::from(above[at]), i32::from(corner));
        let guess = match filter {
            0 => 0,
            1 => a,
            2 => b,
            3 => i32::midpoint(a, b),
            _ => {
                let expected = a + b - c;
                // The first of the nearest, in this order.
                *[a, b, c].iter().min_by_key(|&&one| (expected - one).abs()).unwrap()
            }
        };
        bytes.push(byte.wrapping_sub(u8::try_from(guess).unwrap()));
    }
    bytes
}

/// A picture for reports: red, with a corner that is not seen.
pub fn red(width: usize, height: usize) -> Vec<u8> {
    let form = Form { kind: 6, depth: 8, interlaced: false };
    png(form, (width, height), &[], |x, y, number| match number {
        0 => 200,
        1 | 2 => u16::try_from((x + y) % 50).unwrap(),
        _ if x < 3 && y < 3 => 0,
        _ => 255,
    })
}

pub const SVG: &str = "<?xml version=\"1.0\"?>\n<!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \
     \"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd\">\n<svg xmlns=\"http://www.w3.org/2000/svg\" \
     xmlns:xlink=\"http://www.w3.org/1999/xlink\" viewBox=\"0 0 40 20\"><defs><linearGradient id=\"g\"/></defs>\
     <style>.a { fill: url(#g) }</style><rect class=\"a\" style=\"stroke: url( '#g' )\" width=\"40\" height=\"20\"/>\
     <use xlink:href=\"#g\"/></svg>\n";
