//! Glyphs -> rows of words: what stands on one baseline, from left to right across the whole page.

use super::page::Glyph;

/// What is set without a space in it.
#[derive(Debug, Clone)]
pub(super) struct Word {
    pub(super) x: f32,
    pub(super) end: f32,
    /// The height of its letters.
    pub(super) size: f32,
    pub(super) text: String,
}

/// The words on one baseline.
#[derive(Debug, Clone)]
pub(super) struct Row {
    /// The baseline, downwards from the top of the page.
    pub(super) y: f32,
    /// The height of most of its letters.
    pub(super) size: f32,
    /// In the order of their places, never none.
    pub(super) words: Vec<Word>,
}

impl Row {
    pub(super) fn x(&self) -> f32 {
        self.words.first().map_or(0.0, |w| w.x)
    }

    pub(super) fn end(&self) -> f32 {
        self.words.last().map_or(0.0, |w| w.end)
    }

    /// Its words with a space between them.
    pub(super) fn text(&self) -> String {
        text(&self.words)
    }

    /// The row with these of its words, if there are any.
    pub(super) fn part(&self, words: &[Word]) -> Option<Row> {
        row_of(self.y, words.to_vec())
    }
}

/// Words with a space between them, or a bar where they stand far apart: "Killed: 45 | Injured: 120".
pub(super) fn text(words: &[Word]) -> String {
    let mut text = String::new();
    let mut end = f32::MAX;
    for word in words {
        if !text.is_empty() {
            let far = word.x - end > FAR * word.size;
            text.push_str(if far { " | " } else { " " });
        }
        text.push_str(&word.text);
        end = word.end;
    }
    text
}

// All in heights of the letters.
/// Baselines so close are one.
const SAME_LINE: f32 = 0.12;
/// Words so far apart are not read as one line.
const FAR: f32 = 2.5;
/// A gap so wide parts two words.
const SPACE: f32 = 0.16;
/// The same before a stop.
const STOP: f32 = 0.6;
/// The same letter so close is printed twice to look bold.
const TWICE: f32 = 0.1;
/// Letters so small beside others are raised or lowered.
const SMALL: f32 = 0.8;
/// How near a raised letter stands to those of its line, how far its baseline above theirs, and a lowered one's below.
const REACH: f32 = 0.25;
const RAISED: f32 = 0.7;
const LOWERED: f32 = 0.3;
/// Letters of a line at most; what has more is a drawing.
const LETTERS: usize = 2000;
/// What leads the eye to the next column.
const LEADER: &str = "....";

/// The rows of a page, from the top.
pub(super) fn rows(mut glyphs: Vec<Glyph>) -> Vec<Row> {
    glyphs.sort_by(|a, b| a.y.total_cmp(&b.y));
    let mut lines: Vec<Line> = Vec::new();
    for glyph in glyphs {
        match lines.last_mut() {
            Some(line) if glyph.y - line.end <= SAME_LINE * glyph.size => {
                line.end = glyph.y;
                line.size = line.size.max(glyph.size);
                line.glyphs.push(glyph);
            }
            _ => lines.push(Line {
                y: glyph.y,
                end: glyph.y,
                size: glyph.size,
                glyphs: vec![glyph],
            }),
        }
    }
    settle_raised(&mut lines);
    lines.into_iter().filter_map(row).collect()
}

struct Line {
    /// The highest baseline in it, and the lowest.
    y: f32,
    end: f32,
    /// The greatest height of a letter.
    size: f32,
    glyphs: Vec<Glyph>,
}

impl Line {
    /// Close enough to hold raised or lowered letters of a line at this height.
    fn may_hold(&self, y: f32) -> bool {
        self.glyphs.len() <= LETTERS
            && self.y - y <= RAISED * self.size
            && y - self.end <= LOWERED * self.size
    }
}

/// Puts raised and lowered letters on the line they belong to; raised digits and marks, which point at footnotes, are
/// dropped, for beside a number they would be read as part of it.
fn settle_raised(lines: &mut [Line]) {
    let mut moved: Vec<(usize, Glyph)> = Vec::new();
    for i in 0..lines.len() {
        let (before, rest) = lines.split_at_mut(i);
        let Some((line, after)) = rest.split_first_mut() else {
            break;
        };
        let y = line.y;
        let below = after.first().map(|l| (i + 1, l));
        let below = below.filter(|(_, l)| l.may_hold(y));
        let above = before.last().map(|l| (i.saturating_sub(1), l));
        let above = above.filter(|(_, l)| l.may_hold(y));
        if below.is_none() && above.is_none() || line.glyphs.len() > LETTERS {
            continue;
        }
        line.glyphs.retain(|glyph| {
            let home = |(_, host): &(usize, &Line)| {
                let offset = host.y - y;
                host.glyphs.iter().any(|g| {
                    let reach = REACH * g.size;
                    glyph.size <= SMALL * g.size
                        && offset <= RAISED * g.size
                        && offset >= -LOWERED * g.size
                        && glyph.x <= g.end + reach
                        && glyph.end >= g.x - reach
                })
            };
            let host = below
                .as_ref()
                .map(|(i, l)| (*i, &**l))
                .filter(home)
                .or_else(|| above.filter(home));
            let Some((host, _)) = host else { return true };
            if glyph.char.is_alphabetic() {
                moved.push((host, *glyph));
            }
            false
        });
    }
    for (host, glyph) in moved {
        lines[host].glyphs.push(glyph);
    }
}

fn row(line: Line) -> Option<Row> {
    let mut glyphs = line.glyphs;
    glyphs.sort_by(|a, b| a.x.total_cmp(&b.x));
    let mut words: Vec<Word> = Vec::new();
    let mut last: Option<Glyph> = None;
    let mut apart = true;
    for glyph in &glyphs {
        if glyph.char.is_whitespace() || glyph.char == '\u{a0}' {
            apart = true;
            continue;
        }
        if glyph.char.is_control() {
            continue;
        }
        if let Some(last) = last
            && last.char == glyph.char
            && glyph.x - last.x < TWICE * glyph.size
        {
            continue;
        }
        let gap = last.map_or(0.0, |last| glyph.x - last.end);
        match words.last_mut() {
            // a stop stays with its word where a footnote's number stood between
            Some(word) if !apart && gap <= space(glyph.char) * glyph.size => {
                word.end = word.end.max(glyph.end);
                word.text.push(glyph.char);
            }
            _ => words.push(Word {
                x: glyph.x,
                end: glyph.end,
                size: glyph.size,
                text: glyph.char.to_string(),
            }),
        }
        apart = false;
        last = Some(*glyph);
    }
    for word in &mut words {
        if let Some(dots) = word.text.find(LEADER) {
            word.text.truncate(dots);
        }
    }
    words.retain(|w| !w.text.trim_matches(['.', '_', '…']).is_empty() || w.text == "…");
    row_of(line.y, words)
}

/// The row that words make, if there are any.
fn row_of(y: f32, words: Vec<Word>) -> Option<Row> {
    let size = usual(words.iter().map(|w| w.size));
    (!words.is_empty()).then_some(Row { y, size, words })
}

fn space(char: char) -> f32 {
    if matches!(char, '.' | ',' | ';' | ':' | '!' | '?' | ')') {
        STOP
    } else {
        SPACE
    }
}

/// The middle one of some numbers; zero of none.
pub(super) fn usual(numbers: impl Iterator<Item = f32>) -> f32 {
    let mut numbers: Vec<f32> = numbers.collect();
    let middle = numbers.len() / 2;
    if numbers.is_empty() {
        return 0.0;
    }
    *numbers.select_nth_unstable_by(middle, f32::total_cmp).1
}
