//! `headcount chart`: any selection of figures, drawn.

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::ensure;
use chrono::NaiveDate;
use headcount::chart::{
    Chart, Format, Options, Panels, Scale, Scales, Size, Theme, charts, draw_all,
};
use headcount::{Country, Filter, Kind, Measure};
use serde::Deserialize;

use super::Outcome;
use super::select::{Select, day, lines};

/// Figures in, one chart per country and measure out.
#[derive(clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    select: Select,
    /// A folder for all charts, or a file for the only one [default: out/charts, or beside the description]
    #[arg(long, value_name = "DIR|FILE")]
    out: Option<PathBuf>,
    /// The kind of file [default: as the file's name ends, else png]
    #[arg(long, value_name = "png|svg")]
    format: Option<Format>,
    /// For slides (16:9), for print (the width of an A4 column), or width and height in pixels, 400x300 to 8000x8000 [default: 1200x680]
    #[arg(long, value_name = "slide|print|WxH")]
    size: Option<Size>,
    /// Pixels of a PNG for each of its size, 1 to 4 [default: 1]
    #[arg(long, value_name = "TIMES")]
    scale: Option<Scale>,
    /// On white or on nearly black [default: light]
    #[arg(long, value_name = "light|dark")]
    theme: Option<Theme>,
    /// A logarithmic value axis
    #[arg(long)]
    log: bool,
    /// Small multiples: a panel for each of these, all in one chart
    #[arg(long, value_name = "measure|source|country")]
    panels: Option<Panels>,
    /// The value axes of panels [default: own for measures, else shared]
    #[arg(long, value_name = "own|shared", requires = "panels")]
    scales: Option<Scales>,
    /// Compare the sources on this day: the last total that each gave by then
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day, conflicts_with = "panels")]
    at: Option<NaiveDate>,
    /// A description of one chart (TOML: title, filters, one_place, and these options), as in charts/
    #[arg(long, value_name = "FILE.toml")]
    spec: Option<PathBuf>,
}

/// `charts/*.toml`: what to draw. What the command line gives goes before it.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Spec {
    /// Instead of "measure, country".
    title: Option<String>,
    measure: Vec<Measure>,
    country: Vec<Country>,
    source: Vec<String>,
    /// As "2014-06-24".
    since: Option<NaiveDate>,
    until: Option<NaiveDate>,
    kind: Option<Kind>,
    article: Vec<String>,
    /// All places are one: one line a source, wherever the people are said to be.
    one_place: bool,
    /// As "1200x680", "slide" or "print".
    size: Option<String>,
    format: Option<Format>,
    scale: Option<u32>,
    theme: Option<Theme>,
    log: bool,
    panels: Option<Panels>,
    scales: Option<Scales>,
    /// As "2015-02-06".
    at: Option<NaiveDate>,
}

impl Spec {
    fn read(path: &Path) -> anyhow::Result<Spec> {
        let name = path.display();
        let (_, text) = super::read_text(path)?;
        toml::from_str(&text).map_err(|e: toml::de::Error| {
            let line = e
                .span()
                .map_or(1, |s| text[..s.start].matches('\n').count() + 1);
            anyhow::anyhow!("{name}:{line}: {}", e.message())
        })
    }

    fn filter(&self) -> Filter {
        Filter {
            measures: self.measure.clone(),
            countries: self.country.clone(),
            sources: self.source.clone(),
            since: self.since,
            until: self.until,
            kind: self.kind,
            articles: self.article.clone(),
            crises: Vec::new(),
        }
    }
}

/// Runs it.
pub(super) fn run(args: &Args) -> anyhow::Result<Outcome> {
    let spec = args.spec.as_deref().map(Spec::read).transpose()?;
    let options = options(args, spec.as_ref())?;
    args.out.as_deref().map_or(Ok(()), can_be_drawn_into)?;
    let mut articles = args.select.articles()?;
    if let Some(spec) = &spec {
        articles = spec.filter().apply(articles);
        if spec.one_place {
            let all = articles.iter_mut().flat_map(|a| &mut a.figures);
            all.for_each(|f| (f.country, f.place_text) = (None, None));
        }
    }
    let series = lines(&articles);
    let mut charts = charts(&series, &options);
    ensure!(
        !charts.is_empty(),
        "no figure to draw in this selection; widen the filters, or add articles with `headcount track`"
    );
    let paths = match target(args, options.format) {
        Target::Folder(folder) => draw_all(&series, &folder, &options)?,
        Target::File(path) => {
            ensure!(
                charts.len() == 1,
                "{}: the selection makes {} charts ({}); narrow it to one measure and one country, or give a folder",
                path.display(),
                charts.len(),
                names(&charts)
            );
            let chart = &mut charts[0];
            if let Some(title) = spec.and_then(|s| s.title) {
                chart.title = title;
            }
            chart.save(&path, &options)?;
            vec![path]
        }
    };
    let mut out = std::io::stdout().lock();
    for path in paths {
        writeln!(out, "{}", path.display())?;
    }
    Ok(Outcome::Done)
}

/// The command line's wishes, then the description's, then the file's ending.
fn options(args: &Args, spec: Option<&Spec>) -> anyhow::Result<Options> {
    let size = match (args.size, spec.and_then(|s| s.size.as_deref())) {
        (Some(size), _) => size,
        (None, Some(text)) => text.parse().map_err(anyhow::Error::msg)?,
        (None, None) => Size::default(),
    };
    let scale = match (args.scale, spec.and_then(|s| s.scale)) {
        (Some(scale), _) => scale,
        (None, Some(times)) => times.try_into().map_err(anyhow::Error::msg)?,
        (None, None) => Scale::default(),
    };
    let at = args.at.or_else(|| spec.and_then(|s| s.at));
    let panels = args.panels.or_else(|| spec.and_then(|s| s.panels));
    ensure!(
        at.is_none() || panels.is_none(),
        "a comparison on one day has no panels; leave out --at or --panels"
    );
    Ok(Options {
        size,
        format: args
            .format
            .or_else(|| args.out.as_deref().and_then(ending))
            .or_else(|| spec.and_then(|s| s.format))
            .unwrap_or(Format::Png),
        scale,
        theme: args
            .theme
            .or_else(|| spec.and_then(|s| s.theme))
            .unwrap_or(Theme::Light),
        log: args.log || spec.is_some_and(|s| s.log),
        panels,
        scales: args.scales.or_else(|| spec.and_then(|s| s.scales)),
        at,
        ..Options::default()
    })
}

/// Where the charts go.
enum Target {
    Folder(PathBuf),
    File(PathBuf),
}

fn target(args: &Args, format: Format) -> Target {
    match (&args.out, &args.spec) {
        (Some(out), _) if ending(out).is_some() && !out.is_dir() => Target::File(out.clone()),
        // One description is one chart, and has its name.
        (Some(folder), Some(spec)) => Target::File(
            folder
                .join(spec.file_name().unwrap_or_default())
                .with_extension(format.as_str()),
        ),
        (Some(folder), None) => Target::Folder(folder.clone()),
        (None, Some(spec)) => Target::File(spec.with_extension(format.as_str())),
        (None, None) => Target::Folder("out/charts".into()),
    }
}

/// Refuses what is meant as a file of another kind.
fn can_be_drawn_into(out: &Path) -> anyhow::Result<()> {
    let other = out.extension().is_some() && ending(out).is_none() && !out.is_dir();
    let folder = out.as_os_str().to_string_lossy().ends_with('/');
    ensure!(
        (!other || folder) && out != Path::new("-"),
        "{}: charts are PNG or SVG files; let the name end in .png or .svg, or in / for a folder",
        out.display()
    );
    Ok(())
}

/// The format that a file's name asks for.
fn ending(path: &Path) -> Option<Format> {
    path.extension()?
        .to_str()?
        .to_ascii_lowercase()
        .parse()
        .ok()
}

/// The first few names.
fn names(charts: &[Chart]) -> String {
    let mut names: Vec<&str> = charts.iter().take(3).map(|c| c.name.as_str()).collect();
    if charts.len() > 3 {
        names.push("…");
    }
    names.join(", ")
}
