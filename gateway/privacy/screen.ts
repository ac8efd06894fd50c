/** Screens by class: a window's exact width is part of a fingerprint (CNIL row C5). */

export type ScreenClass = "small" | "medium" | "large";

/** @param width inner width of the window in CSS pixels; 0 or less when unknown */
export function screenClass(width: number): ScreenClass | null {
  if (!(width > 0)) return null;
  if (width < 600) return "small";
  return width < 1200 ? "medium" : "large";
}

/** One common resolution stands for each class where a vendor wants pixels. */
export function typicalResolution(screen: ScreenClass): string {
  return { small: "390x844", medium: "820x1180", large: "1920x1080" }[screen];
}
