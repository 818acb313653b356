//! Where a guest operating system stands in its published lifecycle on a date.

use jiff::civil::Date;

use super::{GuestOs, Product, Release};

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
    /// A release that is known is judged by its own dates. When it is not known and the releases differ, the answer
    /// is the soonest end if all are supported, the last end if none is, and unknown otherwise.
    #[must_use]
    pub fn lifecycle(&self, as_of: Date) -> Lifecycle {
        let Some(product) = &self.product else { return Lifecycle::Unknown };
        let Some(key) = &self.release else { return product.lifecycle_of_any_release(as_of) };
        match product.releases.iter().find(|release| release.key == *key) {
            Some(release) => release.lifecycle(as_of),
            None => match product.lifecycle_of_any_release(as_of) {
                over @ (Lifecycle::PaidOnly { .. } | Lifecycle::Ended(_)) => over,
                Lifecycle::Supported | Lifecycle::EndingSoon(_) | Lifecycle::Unknown => Lifecycle::Unknown,
            },
        }
    }
}

impl Release {
    /// Where the release stands on a date.
    #[must_use]
    pub fn lifecycle(&self, as_of: Date) -> Lifecycle {
        standing(self.support_end, self.paid_end, as_of)
    }
}

impl Product {
    /// Where the product stands on a date, whichever release it is; see [`GuestOs::lifecycle`].
    #[must_use]
    pub fn lifecycle_of_any_release(&self, as_of: Date) -> Lifecycle {
        let general = self.releases.iter().filter(|release| release.channel.is_none());
        let mut standings: Vec<_> = general
            .map(|release| (release.support_end, release.paid_end))
            .chain(self.support_end.map(|end| (Some(end), self.paid_end)))
            .collect();
        standings.sort_unstable();
        let standings: Vec<_> = standings.into_iter().map(|(free, paid)| standing(free, paid, as_of)).collect();
        let (Some(first), Some(last)) = (standings.first(), standings.last()) else { return Lifecycle::Unknown };
        if standings.iter().all(|standing| standing.is_supported() == Some(true)) {
            return *first;
        }
        if standings.iter().all(|standing| standing.is_supported() == Some(false)) {
            return *last;
        }
        Lifecycle::Unknown
    }
}

impl Lifecycle {
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

fn standing(support_end: Option<Date>, paid_end: Option<Date>, as_of: Date) -> Lifecycle {
    let Some(free) = support_end else { return Lifecycle::Unknown };
    if as_of <= free {
        let soon = (free - as_of).get_days() <= SOON_DAYS;
        return if soon { Lifecycle::EndingSoon(free) } else { Lifecycle::Supported };
    }
    match paid_end {
        Some(until) if as_of <= until => Lifecycle::PaidOnly { since: free, until },
        Some(until) => Lifecycle::Ended(until),
        None => Lifecycle::Ended(free),
    }
}
