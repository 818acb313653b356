//! The one integration test binary.

mod editions;
mod tidy;
//! Every integration test, in one binary.

mod guest_os;
