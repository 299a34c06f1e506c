/**
 * The colour at a depth from 0 to 1: from almost the background through B's blue towards the foreground. The more a layer
 * moved, the more of B. Mixed by the browser, so that it follows the theme.
 */
export function heatColour(depth: number): string {
  return depth <= 0.7
    ? `color-mix(in oklab, var(--final) ${(8 + (92 * depth) / 0.7).toFixed(1)}%, var(--background))`
    : `color-mix(in oklab, var(--foreground) ${((60 * (depth - 0.7)) / 0.3).toFixed(1)}%, var(--final))`;
}
