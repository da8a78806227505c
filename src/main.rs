//! headcount: parse, run, exit code.

mod cli;

use std::process::ExitCode;

fn main() -> ExitCode {
    let hook = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        // a damaged PDF; it is said as an error of that file
        if std::thread::current().name() != Some(headcount::read::pdf::THREAD) {
            hook(panic);
        }
    }));
    match cli::run(cli::parse()) {
        Ok(cli::Outcome::Done) => ExitCode::SUCCESS,
        Ok(cli::Outcome::Incomplete) => ExitCode::FAILURE,
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            cli::say(&format_args!("headcount: {error:#}"));
            ExitCode::FAILURE
        }
    }
}

/// `headcount extract … | head` ends quietly.
fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .filter_map(|cause| cause.downcast_ref::<std::io::Error>())
        .any(|cause| cause.kind() == std::io::ErrorKind::BrokenPipe)
}
