//! `headcount completions`: what a shell needs to complete commands and options.

use std::io::Write;

use clap::CommandFactory;
use clap_complete::Shell;

use super::{Cli, Outcome};

/// Prints a script for the shell: `headcount completions bash > ~/.local/share/bash-completion/completions/headcount`.
#[derive(clap::Args)]
pub(super) struct Args {
    /// The shell
    shell: Shell,
}

/// Runs it.
pub(super) fn run(args: &Args) -> anyhow::Result<Outcome> {
    let mut script = Vec::new(); // a closed pipe would be a panic
    clap_complete::generate(args.shell, &mut Cli::command(), "headcount", &mut script);
    std::io::stdout().write_all(&script)?;
    Ok(Outcome::Done)
}
