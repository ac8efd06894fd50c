/** Makes the owner's accent colour readable on the background it stands on. */

type Rgb = readonly [number, number, number];

/** @param colour `#rrggbb` */
function parse(colour: string): Rgb {
  const value = Number.parseInt(colour.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}

/** Relative luminance, 0 to 1: https://www.w3.org/TR/WCAG22/#dfn-relative-luminance */
function luminance(rgb: Rgb): number {
  const [r, g, b] = rgb.map((channel) =>
    channel > 10 ? ((channel / 255 + 0.055) / 1.055) ** 2.4 : channel / 3294.6,
  ) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** Contrast ratio of two `#rrggbb` colours, 1 to 21: https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio */
export function contrast(one: string, other: string): number {
  const [low, high] = [luminance(parse(one)), luminance(parse(other))].sort((a, b) => a - b) as [
    number,
    number,
  ];
  return (high + 0.05) / (low + 0.05);
}

/**
 * The accent itself where it has a contrast of 4.5 with the background (WCAG 2.2, 1.4.3), otherwise
 * the nearest mixture with black or white, whichever the background asks for.
 *
 * @param accent `#rrggbb`
 * @param background `#rrggbb`
 */
export function readableAccent(accent: string, background: string): string {
  const target = luminance(parse(background)) > 0.18 ? 0 : 255;
  let colour = accent;
  for (let share = 0; share < 1 && contrast(colour, background) < 4.5; share += 0.05) {
    colour = `#${parse(accent)
      .map((channel) =>
        Math.round(channel + (target - channel) * share)
          .toString(16)
          .padStart(2, "0"),
      )
      .join("")}`;
  }
  return colour;
}
