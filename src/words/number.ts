/** Numbers as sentences and tables of the paper's figures carry them. */

/** So many significant digits, no exponent where a reader can do without: `4.326`, `0.1372`, `8,785`. */
export function figure(value: number | null, digits = 4): string {
  if (value === null) return "–";
  if (value !== 0 && Math.abs(value) < 1e-4)
    return value.toExponential(digits - 1).replace("-", "−");
  const decimals =
    value === 0 ? 0 : Math.max(0, digits - 1 - Math.floor(Math.log10(Math.abs(value))));
  const options = { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
  return value.toLocaleString("en-US", options).replace("-", "−");
}

/** A share from 0 to 1 as per cent, in as few digits as it has: `20 %`, `92.6 %`. */
export function percent(share: number): string {
  return `${Number((100 * share).toPrecision(3))} %`;
}

/** `1 run`, `1,200 runs`. */
export function plural(value: number, one: string, many = `${one}s`): string {
  return `${value.toLocaleString("en-US")} ${value === 1 ? one : many}`;
}

/** `p = 0.013`, `p < 0.001`. */
export function pValue(p: number): string {
  return p < 0.001 ? "p < 0.001" : `p = ${p < 0.1 ? p.toFixed(3) : p.toFixed(2)}`;
}

/** The first few of a list, and how many more: `1, 2, 3 and 17 more`. */
export function firstOf(values: readonly (number | string)[], most = 12): string {
  const shown = values.slice(0, most).join(", ");
  return values.length > most ? `${shown} and ${values.length - most} more` : shown;
}
