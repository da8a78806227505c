//! `headcount man`: a manual page for each command.

use std::io::Write;
use std::path::PathBuf;

use clap::CommandFactory;

use super::{Cli, Outcome};

/// Writes a manual page for each command: `headcount man ~/.local/share/man/man1`, then `man headcount-track`.
#[derive(clap::Args)]
pub(super) struct Args {
    /// The folder for them, made where it is missing
    #[arg(value_name = "DIR")]
    folder: PathBuf,
}

/// Runs it.
pub(super) fn run(args: &Args) -> anyhow::Result<Outcome> {
    let name = args.folder.display();
    std::fs::create_dir_all(&args.folder)
        .and_then(|()| clap_mangen::generate_to(Cli::command(), &args.folder))
        .map_err(|e| anyhow::anyhow!("{name}: cannot be written ({e}); give another folder"))?;
    writeln!(std::io::stdout(), "{name}")?;
    Ok(Outcome::Done)
}
