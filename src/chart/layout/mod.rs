//! A plan -> a scene: title, legend, axes, marks, value labels, the key of the marks, the note; from top to bottom, none over another.
//!
//! ```text
//!  sheet: what is round the plots    plot: one pair of axes and its marks    labels: the words inside it
//!  panels: many plots, one calendar  range: sources side by side on one day
//! ```

mod describe;
mod key;
mod labels;
mod panels;
mod plot;
mod range;
mod sheet;

use super::Options;
use super::plan::Plan;
use super::scene::Scene;
use super::words::Words;
use crate::figure::Kind;
use sheet::Sheet;

/// More lines are named in a legend, as their ends crowd.
const DIRECT: usize = 6;

/// What found no room, and is counted in the note.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
struct Left {
    /// Flagged points without words.
    unsaid: usize,
    panels: usize,
    rows: usize,
    /// Line ends without their names: such a chart is not shown.
    nameless: usize,
}

/// The chart as a scene. `unit` is what is counted, where it is one thing.
pub(super) fn scene(
    title: &str,
    unit: Option<&str>,
    plan: &Plan,
    options: &Options,
    words: &Words,
) -> Scene {
    let draw = |direct: bool, left: Left| {
        let mut sheet = Sheet::new(plan, options, words);
        sheet.heading(title, unit);
        let panels = plan.panels.len() > 1;
        let named = direct || options.at.is_some() || panels && plan.panels_name_lines();
        if !named {
            sheet.legend();
        }
        let foot = sheet.note(left);
        let foot = sheet.key(foot);
        let left = if options.at.is_some() {
            range::draw(&mut sheet, foot)
        } else if panels {
            panels::draw(&mut sheet, foot)
        } else {
            plot::draw(&mut sheet, foot, direct)
        };
        (sheet.scene, left)
    };
    // The note says what found no room, and takes room itself: draw until both agree.
    let settled = |direct: bool| {
        let (mut scene, mut left) = draw(direct, Left::default());
        for _ in 0..3 {
            let (again, found) = draw(direct, left);
            scene = again;
            if found == left {
                break;
            }
            left = found;
        }
        (scene, left)
    };
    let direct = options.at.is_none()
        && plan.panels.len() == 1
        && plan.lines.len() <= DIRECT
        && plan.lines.iter().all(|l| l.kind == Kind::Total);
    if direct {
        let (scene, left) = settled(true);
        if left.nameless == 0 {
            return scene;
        }
    }
    settled(false).0
}
