//! How far a run has come, for whoever waits for it.

use super::output;
use clap::Args;
use pim_emulator::scenario::Ahead;
use std::io::{self, IsTerminal as _};

/// Whether steps are shown while they run.
#[derive(Args, Debug)]
pub(super) struct Progress {
    /// Show each step while it runs [default: on a terminal]
    #[arg(long, overrides_with = "no_progress")]
    progress: bool,
    /// Show nothing before a scenario has ended
    #[arg(long)]
    no_progress: bool,
}

/// How wide the line is that is written over.
const WIDTH: usize = 79;

impl Progress {
    /// Tells of a step that is about to be carried out: on a terminal in one line that is written over, else in a line of its own.
    pub(super) fn tell(&self, ahead: &Ahead<'_>) {
        let Ahead { step, of, file, line, shows } = ahead;
        let text = format!("[{step}/{of}] {file}:{line}: {shows}");
        match (self.on_terminal(), self.progress) {
            (true, _) => output::over(&shortened(&text, WIDTH)),
            (false, true) => output::note(&text),
            (false, false) => {}
        }
    }

    /// Takes the line away.
    pub(super) fn clear(&self) {
        if self.on_terminal() {
            output::over(&" ".repeat(WIDTH));
            output::over("");
        }
    }

    fn on_terminal(&self) -> bool {
        !self.no_progress && io::stderr().is_terminal()
    }
}

/// The text in exactly so many letters.
fn shortened(text: &str, width: usize) -> String {
    let mut short: String = text.chars().take(width).collect();
    if text.chars().count() > width {
        short.pop();
        short.push('…');
    }
    format!("{short:<width$}")
}

#[cfg(test)]
mod tests {
    use super::shortened;

    #[test]
    fn a_line_covers_the_one_before_it_and_is_never_longer() {
        assert_eq!(shortened("[1/2] a", 9), "[1/2] a  ");
        assert_eq!(shortened("[1/2] a.yaml", 9), "[1/2] a.…");
    }
}
