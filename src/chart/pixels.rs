//! RGB pixels -> a PNG file of at most 256 colours, as charts have few: a third of the size, and no eye sees the difference.

use std::collections::BTreeMap;

/// Red, green, blue.
type Rgb = [u8; 3];
/// What one byte a pixel can name.
const MOST: usize = 256;

/// The file's bytes. Colours beyond the 256 most frequent become the nearest of them.
pub(super) fn encode(rgb: &[u8], width: u32, height: u32) -> Result<Vec<u8>, png::EncodingError> {
    let (palette, indices) = indexed(rgb);
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, width, height);
    encoder.set_color(png::ColorType::Indexed);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_palette(palette.concat());
    encoder.set_compression(png::Compression::Best);
    // A filter subtracts neighbours, which says nothing about indices.
    encoder.set_filter(png::FilterType::NoFilter);
    let mut writer = encoder.write_header()?;
    writer.write_image_data(&indices)?;
    writer.finish()?;
    Ok(bytes)
}

/// The palette, and each pixel's place in it.
fn indexed(rgb: &[u8]) -> (Vec<Rgb>, Vec<u8>) {
    let pixels = || rgb.as_chunks::<3>().0.iter();
    let mut counts: BTreeMap<Rgb, usize> = BTreeMap::new();
    for pixel in pixels() {
        *counts.entry(*pixel).or_default() += 1;
    }
    let mut colours: Vec<(Rgb, usize)> = counts.into_iter().collect();
    // A stable sort: of equally frequent ones the darker is first.
    colours.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let palette: Vec<Rgb> = colours.iter().take(MOST).map(|(c, _)| *c).collect();
    let place: BTreeMap<Rgb, u8> = colours
        .iter()
        .enumerate()
        .map(|(i, (colour, _))| {
            let at = if i < MOST {
                i
            } else {
                nearest(&palette, *colour)
            };
            (*colour, at as u8)
        })
        .collect();
    let mut last = ([0; 3], place.get(&[0; 3]).copied().unwrap_or(0));
    let indices = pixels()
        .map(|pixel| {
            if last.0 != *pixel {
                last = (*pixel, place[pixel]);
            }
            last.1
        })
        .collect();
    (palette, indices)
}

fn nearest(palette: &[Rgb], colour: Rgb) -> usize {
    let apart = |other: &Rgb| -> u32 {
        (0..3)
            .map(|i| u32::from(other[i].abs_diff(colour[i])).pow(2))
            .sum()
    };
    (0..palette.len())
        .min_by_key(|&i| apart(&palette[i]))
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_colours_stay_as_they_are() {
        let rgb = [9, 9, 9, 0, 0, 0, 9, 9, 9];
        let (palette, indices) = indexed(&rgb);
        assert_eq!((palette, indices), (vec![[9; 3], [0; 3]], vec![0, 1, 0]));
    }

    #[test]
    fn a_rare_colour_becomes_its_neighbour() {
        // 256 colours twice, one more once.
        let mut rgb: Vec<u8> = (0..=255u8).flat_map(|i| [i, 0, 0, i, 0, 0]).collect();
        rgb.extend([100, 1, 0]);
        let (palette, indices) = indexed(&rgb);
        assert_eq!(palette.len(), 256);
        assert_eq!(palette[usize::from(indices[512])], [100, 0, 0]);
    }
}
