//! One test binary: what a user would notice.

mod cases;
mod chart;
mod compare;
mod data;
mod demo;
mod extract;
mod laws;
mod places;
mod read;
mod readme;
mod series;
mod store;
mod track;
