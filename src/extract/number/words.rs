//! Numbers in words: "two hundred and five", "a quarter of a million".

use super::{Cardinal, Number, Reader};
use crate::data::lang::NumberWord;

impl Reader<'_> {
    /// "two hundred and five", "twenty-three", "seventeen hundred", "a million", "two and a half million", "two dozen".
    pub(super) fn in_words(&self, start: usize) -> Option<Cardinal> {
        let (mut total, mut current) = (0u64, 0u64);
        let mut i = start;
        let mut last: Option<NumberWord> = None;
        let mut scale = 0;
        let mut end = start;
        loop {
            let word = self.word(i);
            match (word, last) {
                (Some(NumberWord::Article), None) => {
                    // "a hundred", "a dozen"; not "a" alone
                    if !matches!(
                        self.word(i + 1),
                        Some(NumberWord::Scale(_) | NumberWord::Dozen)
                    ) {
                        return None;
                    }
                    current = 1;
                }
                (
                    Some(NumberWord::Unit(n) | NumberWord::Ten(n)),
                    None | Some(NumberWord::Scale(_)),
                ) => current += n,
                (Some(NumberWord::Unit(n)), Some(NumberWord::Ten(_))) if n < 10 => current += n,
                (Some(NumberWord::Scale(p)), Some(_)) if last.is_some() => {
                    scale = p;
                    if p == 2 {
                        current = current.max(1).checked_mul(100)?;
                    } else {
                        let factor = 10u64.checked_pow(u32::try_from(p).ok()?)?;
                        total = total.checked_add(current.max(1).checked_mul(factor)?)?;
                        current = 0;
                    }
                }
                (Some(NumberWord::Dozen), Some(_)) => {
                    let n = total.checked_add(current)?.checked_mul(12)?;
                    return Some(Cardinal {
                        number: Number::whole(n),
                        end: i + 1,
                        digits: false,
                        scale: 0,
                    });
                }
                _ => break,
            }
            last = word;
            i += 1;
            end = i;
            // "twenty-three", "two hundred and five"
            let hyphened = self.is_hyphen(i)
                && matches!(
                    (last, self.word(i + 1)),
                    (Some(NumberWord::Ten(_)), Some(NumberWord::Unit(1..=9)))
                        | (
                            Some(NumberWord::Unit(_) | NumberWord::Article),
                            Some(NumberWord::Scale(_))
                        )
                );
            let joined = self.word(i) == Some(NumberWord::And)
                && matches!(last, Some(NumberWord::Scale(_)))
                && matches!(
                    self.word(i + 1),
                    Some(NumberWord::Unit(_) | NumberWord::Ten(_))
                )
                && scale == 2
                && !self.range_of_two(start);
            i += usize::from(hyphened || joined);
        }
        last?;
        // "two and a half million"
        if let Some((n, ())) = self.lang.numbers.half_and.at(self.tokens(end))
            && let Some((places, m)) = self.scale_after(end + n).1
        {
            let half = Number {
                digits: total
                    .checked_add(current)?
                    .checked_mul(10)?
                    .checked_add(5)?,
                shift: -1,
            };
            return Some(Cardinal {
                number: half.shifted(places)?,
                end: end + n + m,
                digits: false,
                scale: places,
            });
        }
        Some(Cardinal {
            number: Number::whole(total.checked_add(current)?),
            end,
            digits: false,
            scale: if scale > 2 { scale } else { 0 },
        })
    }

    /// "between one hundred and two hundred" is no sum.
    pub(super) fn range_of_two(&self, start: usize) -> bool {
        start > 0
            && self.lang.numbers.word(&self.document.tokens[start - 1])
                == Some(NumberWord::RangeOpen)
    }
}
