//! `headcount track`.

use super::Outcome;

/// Arguments.
#[derive(clap::Args)]
pub(super) struct Args {}

/// Runs it.
pub(super) fn run(args: &Args) -> anyhow::Result<Outcome> {
    let _ = args;
    anyhow::bail!("track: not there yet")
}
