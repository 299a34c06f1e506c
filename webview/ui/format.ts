/** Shown for a figure that does not exist, such as a standard deviation of one run. */
export const NONE = "–";

const NARROW_SPACE = "\u202f";

/**
 * How many decimals show `value` with this many significant digits: 4.328 with 4 needs 3. At most 6, so that a
 * column of tiny figures stays readable.
 */
export function decimalsFor(value: number, significant: number): number {
  const size = Math.abs(value);
  if (size === 0 || !Number.isFinite(size)) return significant - 1;
  return Math.min(6, Math.max(0, significant - 1 - Math.floor(Math.log10(size))));
}

/** A number with thousands separators and a fixed number of decimals. */
export function fixed(value: number | null, decimals: number): string {
  if (value === null || Number.isNaN(value)) return NONE;
  if (!Number.isFinite(value)) return value < 0 ? "−∞" : "∞";
  const rounded = Math.abs(value).toFixed(decimals);
  const point = rounded.indexOf(".");
  const whole = point < 0 ? rounded : rounded.slice(0, point);
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ",") + (point < 0 ? "" : rounded.slice(point));
  return value < 0 && Number(rounded) !== 0 ? `−${grouped}` : grouped;
}

/** A number on its own, with significant digits; very small ones as a power of ten. */
export function figure(value: number | null, significant = 4): string {
  if (value === null) return NONE;
  if (value !== 0 && Math.abs(value) < 1e-4)
    return value.toExponential(significant - 1).replace("-", "−");
  return fixed(value, decimalsFor(value, significant));
}

/** A mean and its standard deviation to the same decimals: enough for two digits of the deviation. */
export function meanDecimals(mean: number, std: number | null): number {
  const ofMean = decimalsFor(mean, 4);
  return std === null || std === 0 ? ofMean : Math.max(ofMean, decimalsFor(std, 2));
}

/** `4.328 ± 0.021`. */
export function plusMinus(mean: number, std: number | null): string {
  const decimals = meanDecimals(mean, std);
  return std === null
    ? fixed(mean, decimals)
    : `${fixed(mean, decimals)} ± ${fixed(std, decimals)}`;
}

/** A number that already is in per cent: `0.48 %`. */
export function percent(value: number | null, significant = 3): string {
  if (value === null) return NONE;
  return `${fixed(value, Math.min(3, decimalsFor(value, significant)))}${NARROW_SPACE}%`;
}

/** A share from 0 to 1 as per cent with fixed decimals: `95.6 %`. */
export function share(value: number | null, decimals = 1): string {
  return value === null ? NONE : `${fixed(100 * value, decimals)}${NARROW_SPACE}%`;
}

/** A count with thousands separators. */
export function count(value: number): string {
  return fixed(value, 0);
}

/** `1 run`, `20 runs`. */
export function plural(value: number, one: string, many = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`;
}

/** A tensor's shape: `784×128`; a scalar has none. */
export function shapeText(shape: readonly number[]): string {
  return shape.length === 0 ? "scalar" : shape.join("×");
}

/** Stored bytes in the units that file managers use: `9.4 MB`, `512 B`. */
export function bytesText(bytes: number | null): string {
  if (bytes === null) return NONE;
  const units = ["B", "kB", "MB", "GB", "TB", "PB"];
  let unit = 0;
  let value = bytes;
  // As it will be rounded: 999,960 bytes are 1.0 MB, not 1,000 kB.
  while (unit < units.length - 1 && Math.abs(value) >= (unit === 0 ? 1000 : 999.95)) {
    value /= 1000;
    unit++;
  }
  return `${unit === 0 || value >= 100 ? fixed(value, 0) : fixed(value, 1)} ${units[unit]}`;
}
