//! Series -> PNG and SVG: one chart per country and measure, one colour per source.
//!
//! ```text
//!  Series --charts--> Chart --plan--> lines, what is left out --layout--> scene --paint--> PNG or SVG bytes, or SVG inside a page (inline)
//! ```
//!
//! Running totals are step lines with markers: a total holds until the next is given. New figures (an incident, a stated period) stand
//! on stems and are joined by nothing. Low and high are a band and a bar, an open end is an arrow, a flagged point is ringed, a
//! projected one is hollow. Shares, parts of other figures and units that do not belong on the axis are left out and counted in the note.
//! The same series give the same bytes on every machine: the font is compiled in.

mod inline;
mod layout;
mod legend;
mod mark;
mod options;
mod paint;
mod plan;
mod scale;
mod scene;
mod text;
mod words;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use crate::error::{Error, Result};
use crate::figure::{Country, Measure};
use crate::series::Series;
pub use inline::{Colours, Inline};
pub use options::{Format, Letters, Options, Size};
pub(crate) use paint::base64;
use plan::Plan;
use scene::Scene;
pub(crate) use words::Words;

/// Charts drawn at once; each takes some tens of megabytes.
const AT_ONCE: usize = 4;

/// One chart: the series of one measure in one country.
#[derive(Debug, Clone, PartialEq)]
pub struct Chart {
    /// The file's name without its ending, as `UKR-idps`.
    pub name: String,
    /// As it stands over the chart; may be changed before drawing.
    pub title: String,
    series: Vec<Series>,
}

/// The charts of these series, by country and measure; those that have nothing to draw (shares only) are left out.
pub fn charts(series: &[Series]) -> Vec<Chart> {
    let words = words();
    let mut groups: BTreeMap<(Option<Country>, Measure), Vec<Series>> = BTreeMap::new();
    for one in series {
        groups
            .entry((one.key.country, one.key.measure))
            .or_default()
            .push(one.clone());
    }
    groups
        .into_iter()
        .filter(|(_, series)| !Plan::new(series, false, words).is_empty())
        .map(|((country, measure), series)| Chart {
            name: format!(
                "{}-{measure}",
                country.as_ref().map_or("unplaced", Country::code)
            ),
            title: format!(
                "{}, {}",
                measure.row().label,
                country.as_ref().map_or(&*words.unplaced, Country::name)
            ),
            series,
        })
        .collect()
}

impl Chart {
    /// The finished file's bytes.
    ///
    /// # Errors
    /// Nothing of it can be drawn this way: only zeros on a logarithmic axis.
    pub fn draw(&self, options: &Options) -> Result<Vec<u8>> {
        let scene = self.scene(&self.title, options)?;
        match options.format {
            Format::Png => paint::png(&scene),
            Format::Svg => paint::svg(&scene),
        }
        .map_err(|what| self.error(what))
    }

    fn scene(&self, title: &str, options: &Options) -> Result<Scene> {
        let plan = Plan::new(&self.series, options.log, words());
        if plan.is_empty() {
            return Err(
                self.error("no figure that can be drawn on this axis; try without --log".into())
            );
        }
        let unit = self.unit();
        Ok(layout::scene(title, unit, &plan, options, words()))
    }

    fn error(&self, what: String) -> Error {
        Error::Chart {
            name: self.name.clone(),
            what,
        }
    }

    /// As SVG for a page: without a title, in the page's font, with the page's colours (see [`Colours`]).
    ///
    /// # Errors
    /// As [`Chart::draw`].
    pub fn inline(&self, options: &Options) -> Result<Inline> {
        Ok(inline::svg(&self.scene("", options)?))
    }

    /// What is drawn, as it was told.
    pub fn series(&self) -> &[Series] {
        &self.series
    }

    /// Draws it into a file.
    ///
    /// # Errors
    /// As [`Chart::draw`], or the file cannot be written.
    pub fn save(&self, path: &Path, options: &Options) -> Result<()> {
        let bytes = self.draw(options)?;
        std::fs::write(path, bytes).map_err(|cause| Error::File {
            path: path.display().to_string(),
            cause,
        })
    }

    /// Who or what is counted, usually.
    fn unit(&self) -> &'static str {
        self.series
            .first()
            .map_or("", |s| s.key.measure.row().unit.as_str())
    }
}

/// Draws every chart of these series into a folder, which is made where it is missing; the files, in the order of their names.
///
/// # Errors
/// The folder or a file cannot be written, or a chart cannot be drawn.
pub fn draw_all(series: &[Series], folder: &Path, options: &Options) -> Result<Vec<PathBuf>> {
    std::fs::create_dir_all(folder).map_err(|cause| Error::File {
        path: folder.display().to_string(),
        cause,
    })?;
    let charts = charts(series);
    let mut paths = Vec::with_capacity(charts.len());
    for some in charts.chunks(AT_ONCE) {
        let drawn: Vec<Result<PathBuf>> = some
            .par_iter()
            .map(|chart| {
                let path = folder.join(format!("{}.{}", chart.name, options.format));
                chart.save(&path, options).map(|()| path)
            })
            .collect();
        for path in drawn {
            paths.push(path?);
        }
    }
    Ok(paths)
}

fn words() -> &'static Words {
    &crate::data::get().lang.charts
}

#[cfg(test)]
mod samples;
#[cfg(test)]
mod tests;
