//! Where a guest operating system stands in its published lifecycle on a date.

use jiff::civil::Date;

use super::{GuestOs, Release};

/// Support that ends within so many days is ending soon.
const SOON_DAYS: i32 = 365;

/// Where a product stands on a date. The dates are the last days of what they end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lifecycle {
    /// Free security updates for more than a year to come.
    Supported,
    /// Free security updates until the date, at most 365 days away.
    EndingSoon(Date),
    /// Free security updates are over; paid ones can be had.
    PaidOnly {
        /// The last day of free security updates.
        since: Date,
        /// The last day of paid updates.
        until: Date,
    },
    /// Nothing is to be had since the day after the date.
    Ended(Date),
    /// The sources give no date, or it hangs on a release that the name does not tell.
    Unknown,
}

impl GuestOs {
    /// Where the guest stands on a date.
    ///
    /// The releases that the name leaves open are judged by their own dates. Where they differ, the answer is the
    /// soonest end if all are supported, the last end if none is, and unknown otherwise.
    #[must_use]
    pub fn lifecycle(&self, as_of: Date) -> Lifecycle {
        let Some(product) = &self.product else { return Lifecycle::Unknown };
        let open = self.open_releases.iter().filter_map(|place| product.releases.get(*place));
        let ends: Vec<_> = open.map(|release| (release.support_end, release.paid_end)).collect();
        if ends.is_empty() {
            return Lifecycle::of(product.support_end, product.paid_end, as_of);
        }
        common(ends, as_of)
    }
}

impl Release {
    /// Where the release stands on a date.
    #[must_use]
    pub fn lifecycle(&self, as_of: Date) -> Lifecycle {
        Lifecycle::of(self.support_end, self.paid_end, as_of)
    }
}

/// What holds on a date whichever of several ends is the guest's.
fn common(mut ends: Vec<(Option<Date>, Option<Date>)>, as_of: Date) -> Lifecycle {
    ends.sort_unstable();
    let standings: Vec<_> = ends.into_iter().map(|(free, paid)| Lifecycle::of(free, paid, as_of)).collect();
    let (Some(first), Some(last)) = (standings.first(), standings.last()) else { return Lifecycle::Unknown };
    if standings.iter().all(|standing| standing.is_supported() == Some(true)) {
        return *first;
    }
    if standings.iter().all(|standing| standing.is_supported() == Some(false)) {
        return *last;
    }
    Lifecycle::Unknown
}

impl Lifecycle {
    /// Where something stands on a date whose free and paid updates end when they do.
    #[must_use]
    pub fn of(support_end: Option<Date>, paid_end: Option<Date>, as_of: Date) -> Self {
        let Some(free) = support_end else { return Self::Unknown };
        if as_of <= free {
            let soon = (free - as_of).get_days() <= SOON_DAYS;
            return if soon { Self::EndingSoon(free) } else { Self::Supported };
        }
        match paid_end {
            Some(until) if as_of <= until => Self::PaidOnly { since: free, until },
            Some(until) => Self::Ended(until),
            None => Self::Ended(free),
        }
    }

    /// Whether free security updates are to be had; `None` when that is not known.
    #[must_use]
    pub fn is_supported(self) -> Option<bool> {
        match self {
            Self::Supported | Self::EndingSoon(_) => Some(true),
            Self::PaidOnly { .. } | Self::Ended(_) => Some(false),
            Self::Unknown => None,
        }
    }
}
