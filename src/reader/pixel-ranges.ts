/** Neighbouring lines or items: from `from`, so many. */
export interface Range {
  readonly from: number;
  readonly count: number;
}

/** The pixel of `pixels` under which a line or item of `count` lies. */
export function pixelOf(index: number, count: number, pixels: number): number {
  return Math.floor((index * pixels) / count);
}

/** The first line or item, of `count`, that lies under a pixel or a later one. */
export function firstUnder(pixel: number, count: number, pixels: number): number {
  return Math.ceil((pixel * count) / pixels);
}

/**
 * What to read of `count` lines or items so that each of `pixels` is told by a share of what lies under it, its first
 * ones and at least one. All of them, in one range, where the share is 1.
 */
export function rangesToRead(count: number, pixels: number, share: number): readonly Range[] {
  if (share >= 1) return [{ from: 0, count }];
  return Array.from({ length: pixels }, (_, pixel) => {
    const from = firstUnder(pixel, count, pixels);
    const under = firstUnder(pixel + 1, count, pixels) - from;
    return { from, count: Math.max(1, Math.floor(under * share)) };
  });
}
