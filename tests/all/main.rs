//! One test binary: what a user would notice.
#![expect(
    clippy::unwrap_used,
    reason = "a test that meets what it does not expect has failed"
)]

mod cases;
mod chart;
mod compare;
mod crises;
mod data;
mod demo;
mod documents;
mod extract;
mod files;
mod formats;
mod hostile;
mod html;
mod laws;
mod many;
mod places;
mod read;
mod readme;
mod report;
mod rules;
mod series;
mod small;
mod store;
mod totals;
mod track;
mod web;
