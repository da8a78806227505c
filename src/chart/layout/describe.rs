//! A chart in sentences, for those who hear it: each line from its first to its last number.

use crate::chart::plan::{Dot, Line, Plan};
use crate::chart::words::Words;

/// More lines are not told one by one.
const MOST: usize = 40;

/// What stands under the title, then the lines, then the note.
pub(super) fn finish(description: &mut String, plan: &Plan, words: &Words, note: &str) {
    for line in plan.lines.iter().take(MOST) {
        description.push_str(". ");
        if let Some(panel) = plan.panels.get(line.panel).filter(|p| !p.is_empty()) {
            description.push_str(panel);
            description.push_str(", ");
        }
        description.push_str(&told(line, words));
    }
    description.push_str(". ");
    description.push_str(note);
    description.push('.');
}

fn told(line: &Line, words: &Words) -> String {
    let standing = || line.dots.iter().filter(|d| !d.aside);
    let (Some(first), Some(last)) = (standing().next(), standing().next_back()) else {
        return line.name.clone();
    };
    let form = if line.dots.len() == 1 {
        &words.told_one
    } else {
        &words.told
    };
    form.replace("{name}", &line.name)
        .replace("{points}", &words.count(&words.points, line.dots.len()))
        .replace("{first}", &number(first, words))
        .replace("{from}", &words.day(first.day))
        .replace("{last}", &number(last, words))
        .replace("{to}", &words.day(last.day))
}

/// The number stated, or the range.
pub(super) fn number(dot: &Dot, words: &Words) -> String {
    match (dot.mark(), dot.range()) {
        (Some(value), _) => words.number(value),
        (None, Some((low, high))) => format!("{}–{}", words.number(low), words.number(high)),
        (None, None) => String::new(),
    }
}
