/** Relative distances as depths of colour from 0 (least) to 1 (most). */
export interface HeatScale {
  readonly low: number;
  readonly high: number;
  readonly logarithmic: boolean;
  /** Depth of a value; null for one that does not exist. */
  readonly depth: (value: number | null) => number | null;
}

/** Beyond this ratio between large and small a linear scale shows only the largest. */
const WIDE = 20;
/** Decades that a logarithmic scale spans at most. */
const DECADES = 4;

/** A scale for these values: from zero where they are alike in size, else logarithmic. */
export function heatScale(values: readonly (number | null)[]): HeatScale {
  const positive = values.filter((value): value is number => value !== null && value > 0);
  const high = positive.reduce((most, value) => Math.max(most, value), 0);
  const least = positive.reduce((smallest, value) => Math.min(smallest, value), high);
  const logarithmic = high > WIDE * least;
  const low = logarithmic ? Math.max(least, high / 10 ** DECADES) : 0;
  const part = (value: number): number =>
    logarithmic ? Math.log(value / low) / Math.log(high / low) : value / high;
  return {
    low,
    high,
    logarithmic,
    depth: (value) => {
      if (value === null) return null;
      return value <= 0 || high === 0 ? 0 : Math.min(1, Math.max(0, part(value)));
    },
  };
}

/** The value at a depth: the scale backwards. */
export function valueAt({ low, high, logarithmic }: HeatScale, depth: number): number {
  return logarithmic ? low * (high / low) ** depth : high * depth;
}
