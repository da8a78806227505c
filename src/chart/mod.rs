//! Series -> PNG and SVG: one chart per country and measure, one colour per source.
//!
//! ```text
//!  Series --charts--> Chart --plan--> lines, what is left out --layout--> scene --paint--> PNG or SVG bytes, or SVG inside a page (inline)
//! ```
//!
//! A chart may have panels, one a measure, source or country; or compare the sources on one day instead of drawing lines.
//!
//! Running totals are step lines with markers: a total holds until the next is given. New figures (an incident, a stated period) stand
//! on stems, or are bars where nothing else is drawn, and are joined by nothing. Low and high are a band and a bar, an open end is an arrow, a flagged point is ringed and says why, a
//! projected one is hollow. Shares, parts of other figures and units that do not belong on the axis are left out and counted in the note.
//! The same series give the same bytes on every machine: the font is compiled in.

mod inline;
mod layout;
mod legend;
mod mark;
mod options;
mod paint;
mod pixels;
mod plan;
mod scale;
mod scene;
mod text;
mod theme;
mod words;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use crate::error::{Error, Result};
use crate::figure::{Country, Measure};
use crate::series::Series;
pub use inline::{Colours, Inline};
pub use options::{Format, Letters, Options, Panels, Scale, Scales, Size, Theme};
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

/// The charts of these series: by country and measure, or as the panels ask; those that have nothing to draw (shares only) are left out.
pub fn charts(series: &[Series], options: &Options) -> Vec<Chart> {
    let words = words();
    let mut groups: BTreeMap<(Option<Country>, Option<Measure>), Vec<Series>> = BTreeMap::new();
    for one in series {
        let (country, measure) = (one.key.country, Some(one.key.measure));
        let group = match options.panels {
            Some(Panels::Measure) => (country, None),
            Some(Panels::Country) => (None, measure),
            Some(Panels::Source) | None => (country, measure),
        };
        groups.entry(group).or_default().push(one.clone());
    }
    groups
        .into_iter()
        .filter(|(_, series)| !Plan::new(series, &options.on_any_axis(), words).is_empty())
        .map(|((country, measure), series)| {
            let place = country.as_ref().map_or("unplaced", Country::code);
            let land = country.as_ref().map_or(&*words.unplaced, Country::name);
            let label = measure.map_or("", |m| m.row().label.as_str());
            let code = measure.map(|m| m.to_string()).unwrap_or_default();
            let (name, by, title) = match options.panels {
                None => (format!("{place}-{code}"), "", format!("{label}, {land}")),
                Some(Panels::Source) => (
                    format!("{place}-{code}-by-source"),
                    &*words.by_source,
                    format!("{label}, {land}"),
                ),
                Some(Panels::Measure) => (
                    format!("{place}-by-measure"),
                    &*words.by_measure,
                    land.to_string(),
                ),
                Some(Panels::Country) => (
                    format!("{code}-by-country"),
                    &*words.by_country,
                    label.to_string(),
                ),
            };
            let title = if by.is_empty() {
                title
            } else {
                format!("{title}, {by}")
            };
            Chart {
                name,
                title,
                series,
            }
        })
        .collect()
}

impl Chart {
    /// The finished file's bytes.
    ///
    /// # Errors
    /// Nothing of it can be drawn this way: only zeros on a logarithmic axis, no total by the day asked for.
    pub fn draw(&self, options: &Options) -> Result<Vec<u8>> {
        let scene = self.scene(&self.title, options)?;
        match options.format {
            Format::Png => paint::png(&scene, options.scale.0),
            Format::Svg => paint::svg(&scene),
        }
        .map_err(|what| self.error(what))
    }

    fn scene(&self, title: &str, options: &Options) -> Result<Scene> {
        let plan = Plan::new(&self.series, options, words());
        if plan.is_empty() {
            return Err(self.error(match options.at {
                Some(day) => format!("no total that can be drawn by {day}; try a later --at"),
                None => "no figure that can be drawn on this axis; try without --log".into(),
            }));
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

    /// Who or what is counted, usually; none where measures differ in it.
    fn unit(&self) -> Option<&'static str> {
        let mut units = self.series.iter().map(|s| s.key.measure.row().unit);
        let first = units.next()?;
        units.all(|u| u == first).then(|| first.as_str())
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
    let charts = charts(series, options);
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
