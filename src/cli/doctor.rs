//! `headcount doctor`: is everything there and whole?

use std::io::Write;
use std::path::{Path, PathBuf};

use headcount::store::Store;
use headcount::{Filter, Measure, extract, verify};

use super::crises::{beside, described};
use super::{Outcome, complain, counted};

/// Looks at the program's data, the store and crises.toml, and says what is there and what is wrong; exit status 1 if anything is.
#[derive(clap::Args)]
pub(super) struct Args {
    /// The store
    #[arg(long, value_name = "FILE", default_value = "headcount.db")]
    store: PathBuf,
}

/// Runs it.
pub(super) fn run(args: &Args) -> anyhow::Result<Outcome> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "headcount  {}", env!("CARGO_PKG_VERSION"))?;
    let languages = extract::languages().join(", ");
    let measures = Measure::all().count();
    writeln!(out, "data       {measures} measures, words of: {languages}")?;
    writeln!(out, "store      {}", store(&args.store))?;
    writeln!(out, "crises     {}", crises(&beside(&args.store)))?;
    Ok(Outcome::Done)
}

/// What the store holds; what is wrong with it is said.
fn store(path: &Path) -> String {
    let name = path.display();
    if !path.exists() {
        return format!("{name}: not there yet; `headcount track` makes it");
    }
    let looked = || -> headcount::Result<(usize, usize, usize)> {
        let store = Store::open(path)?;
        let view = store.view(&Filter::default())?;
        let mut faults = 0;
        view.each(None, |article| {
            faults += verify::figures(&article).len();
            Ok::<(), headcount::Error>(())
        })?;
        Ok((view.articles(), view.figures(), faults))
    };
    match looked() {
        Ok((articles, figures, faults)) => {
            if faults > 0 {
                let figures = counted(faults, "figure");
                complain(&format_args!(
                    "{name}: {figures} not in the sentence; `headcount verify` names them"
                ));
            }
            let (articles, figures) = (counted(articles, "article"), counted(figures, "figure"));
            format!("{name}: {figures} from {articles}")
        }
        Err(error) => {
            complain(&error);
            format!("{name}: cannot be read")
        }
    }
}

/// What the file of crises describes; what is wrong with it is said.
fn crises(path: &Path) -> String {
    let name = path.display();
    match described(path) {
        Ok(Some(crises)) => {
            let names: Vec<&str> = crises.iter().map(|c| c.name.as_str()).collect();
            format!("{name}: {}", names.join(", "))
        }
        Ok(None) => format!("{name}: not there; `headcount crises --write` proposes one"),
        Err(error) => {
            complain(&format_args!("{error:#}"));
            format!("{name}: cannot be read")
        }
    }
}
