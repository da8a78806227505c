//! `headcount crises`: the crises of a `crises.toml` and how they stand; without one, proposals to name and keep. And `--crisis`, for every view.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use headcount::crisis::{self, Crisis, glide_numbers};
use headcount::latest::{self, Latest};
use headcount::sheet::{Cell, Column, Holds, KIND, MEASURE, QUALIFIER, Table, UNIT, columns};
use headcount::{Article, Figure, Measure, filter};

use super::Outcome;
use super::output::{Format, Output, View};
use super::select::Select;
use super::table::{claim, cut, write};

/// Its usual name, beside the store.
const FILE: &str = "crises.toml";

/// Which crises a view is about.
#[derive(clap::Args)]
pub(super) struct Crises {
    /// Only what belongs to this crisis, by its name in crises.toml (repeatable)
    #[arg(long, value_name = "NAME")]
    crisis: Vec<String>,
    /// The file of crises [default: crises.toml beside the store]
    #[arg(long, value_name = "FILE")]
    crises: Option<PathBuf>,
}

impl Crises {
    /// Where they stand.
    fn path(&self, store: &Path) -> PathBuf {
        self.crises.clone().unwrap_or_else(|| beside(store))
    }

    /// All that the file describes; none where there is no file and none was named.
    fn known(&self, store: &Path) -> anyhow::Result<Option<Vec<Crisis>>> {
        described(&self.path(store))
    }

    /// The crises of `--crisis`; none where it is not given.
    ///
    /// # Errors
    /// There is no file, it is wrong, or it has no crisis of that name.
    pub(super) fn wanted(&self, store: &Path) -> anyhow::Result<Vec<Crisis>> {
        if self.crisis.is_empty() {
            return Ok(Vec::new());
        }
        let file = self.path(store).display().to_string();
        let Some(known) = self.known(store)? else {
            anyhow::bail!(
                "{file}: not there, and --crisis takes its names; `headcount crises --write` makes one to begin with"
            );
        };
        let named = |name: &String| {
            let found = known
                .iter()
                .find(|c| c.name.to_lowercase() == name.trim().to_lowercase());
            found.cloned().ok_or_else(|| {
                anyhow::anyhow!("{file}: no crisis {name:?}; {}", cure(name, &known))
            })
        };
        self.crisis.iter().map(named).collect()
    }
}

/// All that a file of crises describes; none where there is no file.
pub(super) fn described(path: &Path) -> anyhow::Result<Option<Vec<Crisis>>> {
    if !path.exists() {
        return Ok(None);
    }
    let (name, text) = super::read_text(path)?;
    Ok(Some(crisis::read(&name, &text)?))
}

/// Where they usually stand.
pub(super) fn beside(store: &Path) -> PathBuf {
    store.with_file_name(FILE)
}

/// The nearest spelling, if one is near, and what there is.
fn cure(name: &str, known: &[Crisis]) -> String {
    if known.is_empty() {
        return "it describes none".into();
    }
    let far = |c: &Crisis| {
        let (a, b) = (c.name.to_lowercase(), name.to_lowercase());
        strsim::damerau_levenshtein(&a, &b)
    };
    let near = known.iter().min_by_key(|c| far(c));
    let near = near.filter(|c| far(c) * 3 <= c.name.chars().count());
    let all: Vec<&str> = known.iter().map(|c| c.name.as_str()).collect();
    let all = all.join(", ");
    match near {
        Some(near) => format!("did you mean {:?}? It has: {all}", near.name),
        None => format!("it has: {all}"),
    }
}

/// The crises of crises.toml: how many articles and figures each has, from when to when, and its latest figures.
///
/// Without crises.toml: proposals, made of country, time and hazard. --write keeps them in a file, for you to name, mend and add to.
#[derive(clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    select: Select,
    #[command(flatten)]
    output: Output,
    /// Write the proposals into crises.toml (or the file of --crises), which must not be there yet
    #[arg(long)]
    write: bool,
    /// Of proposals: days without an article after which a crisis is over
    #[arg(long, value_name = "DAYS", default_value_t = crisis::GAP, value_parser = clap::value_parser!(u32).range(1..=36_500))]
    gap: u32,
}

/// Runs it.
pub(super) fn run(args: &Args) -> anyhow::Result<Outcome> {
    let (select, crises) = (&args.select, &args.select.crises);
    let path = crises.path(&select.store);
    let shown = path.display();
    if args.write && path.exists() {
        anyhow::bail!(
            "{shown}: is there already and stays as it is; give another file with --crises"
        );
    }
    let known = if args.write {
        None
    } else {
        crises.known(&select.store)?
    };
    anyhow::ensure!(
        known.is_some() || args.write || crises.crises.is_none(),
        "{shown}: no such file; `headcount crises --write` makes one to begin with"
    );
    let articles = select.articles()?;
    let (all, proposed) = match known {
        Some(known) if crises.crisis.is_empty() => (known, None),
        Some(_) => (crises.wanted(&select.store)?, None),
        None => {
            let proposals = crisis::propose(&articles, args.gap);
            (proposals.crises, Some(proposals.left_over))
        }
    };
    if args.write {
        keep(&path, &all)?;
    }
    let rows: Vec<Row> = all.iter().map(|c| Row::of(c, &articles)).collect();
    let view = View {
        table: table(&rows),
        lines: &|out| rows.iter().try_for_each(|row| row.line(out)),
        shown: &|out, framed| show(out, framed, &rows),
    };
    args.output.write(view, Format::Table)?;
    match proposed {
        Some(left_over) => say_proposed(&path, args.write, left_over),
        None => say_outside(&rows, &articles),
    }
    Ok(Outcome::Done)
}

/// Writes the proposals where no file is.
fn keep(path: &Path, crises: &[Crisis]) -> anyhow::Result<()> {
    let write = || -> io::Result<()> {
        let mut file = File::create_new(path)?;
        writeln!(file, "{HEAD}")?;
        file.write_all(crisis::write(crises).as_bytes())
    };
    write().map_err(|e| anyhow::anyhow!("{}: cannot be written ({e})", path.display()))
}

/// What the file begins with.
const HEAD: &str = "\
# The crises you follow, for `headcount crises` and for --crisis NAME. These are proposals: name, mend, join and remove them as you see fit.
# A figure belongs to a crisis where its country, place and day do, and where any of the words (or the GLIDE number) stands in
# the headline or in the sentence of a figure of its article. Keys: name, countries, places, since, until, words, glide.
";

fn say_proposed(path: &Path, written: bool, left_over: usize) {
    let file = path.display();
    if written {
        super::say(&format_args!(
            "{file} written: name the crises as you call them, then use --crisis NAME"
        ));
    } else {
        super::say(&format_args!(
            "no {file} yet: these are proposals; --write keeps them in a file for you to name"
        ));
    }
    if left_over > 0 {
        super::say(&format_args!(
            "{} in no proposal: alone in country, time and hazard",
            super::counted(left_over, "article")
        ));
    }
}

fn say_outside(rows: &[Row<'_>], articles: &[Article]) {
    let inside: BTreeSet<&str> = rows
        .iter()
        .flat_map(|r| r.articles.iter().copied())
        .collect();
    match articles.len() - inside.len() {
        0 => {}
        n => super::say(&format_args!(
            "{} with figures in none of them",
            super::counted(n, "article")
        )),
    }
}

/// How a crisis stands.
struct Row<'a> {
    crisis: &'a Crisis,
    countries: Vec<String>,
    articles: BTreeSet<&'a str>,
    figures: usize,
    days: Option<(NaiveDate, NaiveDate)>,
    /// Its own, and those that its articles name.
    glide: Vec<String>,
    latest: Vec<(Measure, Latest<'a>)>,
}

impl<'a> Row<'a> {
    fn of(crisis: &'a Crisis, articles: &'a [Article]) -> Self {
        let mut by_measure: BTreeMap<Measure, Vec<(&Article, &Figure)>> = BTreeMap::new();
        let mut glide: BTreeSet<String> = crisis.glide.iter().cloned().collect();
        let mut row = Row {
            crisis,
            countries: crisis.countries.iter().map(ToString::to_string).collect(),
            articles: BTreeSet::new(),
            figures: 0,
            days: None,
            glide: Vec::new(),
            latest: Vec::new(),
        };
        for article in articles {
            let figures = crisis.figures(article);
            if figures.is_empty() {
                continue;
            }
            row.articles.insert(&article.id);
            row.figures += figures.len();
            glide.extend(glide_numbers(article));
            for figure in figures {
                if let Some(day) = filter::date(article, figure) {
                    let (first, last) = row.days.unwrap_or((day, day));
                    row.days = Some((first.min(day), last.max(day)));
                }
                if article.superseded_by.is_none() && latest::counts(figure) {
                    let found = by_measure.entry(figure.measure).or_default();
                    found.push((article, figure));
                }
            }
        }
        row.glide = glide.into_iter().collect();
        row.latest = by_measure
            .into_iter()
            .filter_map(|(measure, found)| Some((measure, latest::choose(measure, found)?)))
            .collect();
        row
    }

    /// As a JSON line.
    fn line(&self, out: &mut dyn Write) -> io::Result<()> {
        let latest = self.latest.iter().map(|(measure, l)| {
            let f = l.figure;
            let value = serde_json::json!({
                "value": f.value, "low": f.low, "high": f.high, "qualifier": f.qualifier, "unit": f.unit, "kind": f.kind,
                "country": f.country, "place": f.place_text, "source": f.source, "date": filter::date(l.article, f), "figure_id": f.id,
            });
            (measure.code().to_string(), value)
        });
        let row = serde_json::json!({
            "crisis": self.crisis.name, "countries": self.countries, "places": self.crisis.places, "words": self.crisis.words,
            "since": self.crisis.since, "until": self.crisis.until, "glide": self.glide, "articles": self.articles.len(),
            "figures": self.figures, "first": self.days.map(|d| d.0), "last": self.days.map(|d| d.1),
            "latest": latest.collect::<serde_json::Map<_, _>>(),
        });
        writeln!(out, "{row}")
    }
}

fn show(out: &mut dyn Write, framed: bool, rows: &[Row<'_>]) -> io::Result<()> {
    let headlines: Vec<Measure> = Measure::all().filter(|m| m.row().headline).collect();
    let mut header = vec!["crisis", "articles", "figures", "from", "to"];
    header.extend(headlines.iter().map(|m| m.row().label.as_str()));
    header.push("GLIDE");
    let day = |day: Option<NaiveDate>| day.map_or_else(|| "—".into(), |d| d.to_string());
    let body = rows.iter().map(|row| {
        let mut cells = vec![
            cut(&row.crisis.name, 40),
            row.articles.len().to_string(),
            row.figures.to_string(),
            day(row.days.map(|d| d.0)),
            day(row.days.map(|d| d.1)),
        ];
        for measure in &headlines {
            let latest = row.latest.iter().find(|(m, _)| m == measure);
            cells.push(latest.map_or_else(
                || "—".into(),
                |(_, l)| {
                    let day = day(filter::date(l.article, l.figure));
                    format!("{} ({day})", claim(l.figure))
                },
            ));
        }
        cells.push(cut(&row.glide.join(" "), 60));
        cells
    });
    write(out, framed, &header, body, &[1, 2])
}

/// The columns of the tables for machines: one row a crisis and measure.
const COLUMNS: &[Column] = &[
    Column::new("crisis", "#crisis+name", Holds::Text, "its name").always(),
    Column::new(
        "countries",
        "#country+code+list",
        Holds::List,
        "the countries it is described by, ISO 3166-1 alpha-3",
    ),
    Column::new(
        "glide",
        "#crisis+code+list",
        Holds::List,
        "its GLIDE numbers, and those that its articles name",
    ),
    Column::new(
        "articles",
        "#meta+articles",
        Holds::Whole,
        "how many articles have figures of it",
    )
    .always(),
    Column::new(
        "figures",
        "#meta+figures",
        Holds::Whole,
        "how many figures belong to it",
    )
    .always(),
    Column::new(
        "first",
        "#date+start",
        Holds::Date,
        "the first day of a figure",
    ),
    Column::new("last", "#date+end", Holds::Date, "the last day of a figure"),
    Column::new(
        "measure",
        "#indicator+code",
        MEASURE,
        "what the latest figure counts",
    ),
    columns::VALUE,
    columns::LOW,
    columns::HIGH,
    Column::new("qualifier", "#indicator+qualifier", QUALIFIER, "the hedge"),
    Column::new("unit", "#indicator+unit", UNIT, "who or what is counted"),
    Column::new("kind", "#indicator+kind", KIND, "total or new"),
    columns::COUNTRY,
    columns::SOURCE,
    Column::new("date", "#date", Holds::Date, "the day it stands for"),
    Column::new("figure_id", "#meta+figure+id", Holds::Text, "the figure"),
];

fn table<'a>(rows: &'a [Row<'a>]) -> Table<'a> {
    Table {
        name: "crises",
        columns: COLUMNS,
        rows: Box::new(rows.iter().flat_map(|row| {
            let latest = row.latest.iter().map(Some);
            let none = row.latest.is_empty().then_some(None);
            latest.chain(none).map(move |latest| cells(row, latest))
        })),
    }
}

fn cells<'a>(row: &'a Row<'a>, latest: Option<&'a (Measure, Latest<'a>)>) -> Vec<Cell<'a>> {
    let figure = latest.map(|(_, l)| l.figure);
    vec![
        (&row.crisis.name).into(),
        (&row.countries).into(),
        (&row.glide).into(),
        Cell::Number(row.articles.len() as f64),
        Cell::Number(row.figures as f64),
        row.days.map(|d| d.0).into(),
        row.days.map(|d| d.1).into(),
        latest.map(|(m, _)| m.code()).into(),
        figure.and_then(|f| f.value).into(),
        figure.and_then(|f| f.low).into(),
        figure.and_then(|f| f.high).into(),
        figure.map(|f| f.qualifier.as_str()).into(),
        figure.map(|f| f.unit.as_str()).into(),
        figure.map(|f| f.kind.as_str()).into(),
        figure.and_then(|f| f.country.as_ref()).into(),
        figure.and_then(|f| f.source.as_ref()).into(),
        latest
            .and_then(|(_, l)| filter::date(l.article, l.figure))
            .into(),
        figure.map(|f| &f.id).into(),
    ]
}
