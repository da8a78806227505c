//! Numbers in digits: "980 000", "1.2m", "45k".

use super::{Cardinal, Number, Reader, Scale};
use crate::data::lang::NumberWord;
use crate::text::TokenKind;

impl Reader<'_> {
    pub(super) fn in_digits(&self, i: usize) -> Option<Cardinal> {
        let text = self.text(i);
        let mut end = i + 1;
        // "980 000": groups of three after one to three digits
        let mut joined = String::new();
        if text.len() <= 3 && text.bytes().all(|b| b.is_ascii_digit()) && !text.starts_with('0') {
            let mut j = end;
            while let Some(t) = self.tokens(j).first() {
                let digits = self.document.str(t);
                let between = &self.document.text
                    [self.document.tokens[j - 1].span.end as usize..t.span.start as usize];
                let narrow = matches!(between, " " | "\u{a0}" | "\u{202f}" | "\u{2009}");
                if t.kind != TokenKind::Number
                    || !narrow
                    || digits.len() != 3
                    || !digits.bytes().all(|b| b.is_ascii_digit())
                {
                    break;
                }
                if joined.is_empty() {
                    joined.push_str(text);
                }
                joined.push_str(digits);
                j += 1;
            }
            if !joined.is_empty() {
                end = j;
            }
        }
        let grouped = !joined.is_empty();
        let (glued, spaced) = self.scale_after(end);
        let scale = glued.or(spaced);
        let number = if grouped {
            Number::whole(joined.parse().ok()?)
        } else {
            read(text, scale.is_some())?
        };
        let Some((places, n)) = scale else {
            // "5 and a half million"
            if let Some((n, ())) = self.lang.numbers.half_and.at(self.tokens(end))
                && let Some((places, m)) = self.scale_after(end + n).1
            {
                let half = Number {
                    digits: number.digits.checked_mul(10)?.checked_add(5)?,
                    shift: -1,
                };
                return Some(Cardinal {
                    number: half.shifted(places)?,
                    end: end + n + m,
                    digits: true,
                    scale: places,
                });
            }
            return Some(Cardinal {
                number,
                end,
                digits: true,
                scale: 0,
            });
        };
        Some(Cardinal {
            number: number.shifted(places)?,
            end: end + n,
            digits: true,
            scale: places,
        })
    }

    /// A multiplier at token `i`, glued to digits or a word of its own: its places and how many tokens it takes.
    pub(super) fn scale_after(&self, i: usize) -> (Option<Scale>, Option<Scale>) {
        let Some(token) = self.tokens(i).first() else {
            return (None, None);
        };
        let mut glued = None;
        if !token.spaced && token.kind == TokenKind::Word {
            glued = self
                .lang
                .numbers
                .glued
                .at(self.tokens(i))
                .map(|(n, places)| (*places, n));
        }
        let mut at = i;
        let mut places = 0;
        while let Some(NumberWord::Scale(p)) = self.word(at) {
            if self.tokens(at).first().is_some_and(|t| t.gap && at > i) {
                break;
            }
            places += p;
            at += 1;
        }
        if at == i
            && self.is_hyphen(i)
            && self.tokens(i).first().is_some_and(|t| !t.spaced)
            && let Some(NumberWord::Scale(p)) = self.word(i + 1)
        {
            return (glued, Some((p, 2)));
        }
        (glued, (at > i).then_some((places, at - i)))
    }
}

/// A number in digits with its points and commas: "5,400", "980.000" (thousands), "1.2", "6,5 million" (`scaled`).
pub(super) fn read(text: &str, scaled: bool) -> Option<Number> {
    if text.contains('\u{ad}') {
        return read(&text.replace('\u{ad}', ""), scaled);
    }
    let groups = |sep: char| {
        let mut parts = text.split(sep);
        let first = parts.next().unwrap_or("");
        let mut rest = 0;
        let good = parts.all(|p| {
            rest += 1;
            p.len() == 3 && p.bytes().all(|b| b.is_ascii_digit())
        });
        good && rest > 0
            && (1..=3).contains(&first.len())
            && (first != "0")
            && first.bytes().all(|b| b.is_ascii_digit())
    };
    let plain = || {
        let digits = text.bytes().filter(u8::is_ascii_digit);
        digits
            .map(|b| u64::from(b - b'0'))
            .try_fold(0u64, |n, digit| n.checked_mul(10)?.checked_add(digit))
    };
    let indian = || {
        // 20,00,000
        let parts: Vec<&str> = text.split(',').collect();
        parts.len() > 2
            && parts[0].len() <= 2
            && parts[1..parts.len() - 1].iter().all(|p| p.len() == 2)
            && parts.last().is_some_and(|p| p.len() == 3)
    };
    if text.bytes().all(|b| b.is_ascii_digit()) || groups(',') || indian() {
        return Some(Number::whole(plain()?));
    }
    if groups('.') && !(scaled && text.matches('.').count() == 1) {
        return Some(Number::whole(plain()?));
    }
    // "2,350.5" or "1.2" or, before a multiplier, "6,5"
    let point = text.rfind(if scaled && !text.contains('.') {
        ','
    } else {
        '.'
    })?;
    let after = text.len() - point - 1;
    if text[..point].contains('.') || text[point + 1..].contains(',') {
        return None;
    }
    Some(Number {
        digits: plain()?,
        shift: -i8::try_from(after).ok()?,
    })
}
