//! Sizes as whole numbers with their unit in the type, and how they read in a report.

use std::fmt;

/// A disk or file size in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Bytes(pub u64);

/// An amount of memory in mebibytes (2^20 bytes), which System Center calls MB.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Mebibytes(pub u64);

/// A share in hundredths of a percent: 2350 is 23.5 %.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Percent(pub u32);

/// Bytes in a gibibyte, which Windows and Azure documents call GB.
pub const GIB: u64 = 1 << 30;
/// Bytes in a mebibyte.
pub const MIB: u64 = 1 << 20;

/// Bytes in a megabyte, in which rates are published.
const MEGABYTE: u64 = 1_000_000;

impl Bytes {
    /// A whole number of gibibytes.
    #[must_use]
    pub const fn gib(count: u64) -> Self {
        Self(count * GIB)
    }
}

impl fmt::Display for Bytes {
    /// Exact where it is whole, else rounded up at the second decimal so that a value over a limit never reads as the limit.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Rates are published in megabytes of 10^6 bytes; one that is whole in them reads as published.
        if self.0 < GIB && self.0 > 0 && self.0.is_multiple_of(MEGABYTE) && !self.0.is_multiple_of(MIB) {
            return write!(out, "{} MB", self.0 / MEGABYTE);
        }
        let (unit, name) = if self.0 >= GIB || self.0 == 0 {
            (GIB, "GiB")
        } else if self.0 >= MIB {
            (MIB, "MiB")
        } else {
            return write!(out, "{} bytes", self.0);
        };
        write_hundredths(out, self.0, unit)?;
        write!(out, " {name}")
    }
}

impl fmt::Display for Mebibytes {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0 >= 1024 {
            write_hundredths(out, self.0, 1024)?;
            return out.write_str(" GiB");
        }
        write!(out, "{} MiB", self.0)
    }
}

impl fmt::Display for Percent {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_hundredths(out, u64::from(self.0), 100)?;
        out.write_str(" %")
    }
}

/// Writes `amount / unit` with at most two decimals, rounding up.
fn write_hundredths(out: &mut fmt::Formatter<'_>, amount: u64, unit: u64) -> fmt::Result {
    let hundredths = (u128::from(amount) * 100).div_ceil(u128::from(unit));
    let (whole, rest) = (hundredths / 100, hundredths % 100);
    if rest == 0 {
        write!(out, "{whole}")
    } else if rest.is_multiple_of(10) {
        write!(out, "{whole}.{}", rest / 10)
    } else {
        write!(out, "{whole}.{rest:02}")
    }
}
