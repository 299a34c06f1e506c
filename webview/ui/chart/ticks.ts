/** Round numbers from 0, or from the smallest value, to the largest: steps of 1, 2 or 5 times a power of ten, about so many. */
export function ticks(from: number, to: number, about: number): readonly number[] {
  if (!(to > from)) return [from];
  const rough = (to - from) / Math.max(1, about);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5, 10].find((one) => one * power >= rough) ?? 10);
  const first = Math.ceil(from / step - 1e-9);
  const last = Math.floor(to / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, i) =>
    Number(((first + i) * step).toPrecision(12)),
  );
}

/** Ticks as short as they can be told apart: `0.2`, `1,000`, `2e−5`. */
export function tickText(value: number): string {
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-4 || size >= 1e7))
    return value.toExponential().replace("e+", "e").replace("-", "−");
  return value.toLocaleString("en-US", { maximumSignificantDigits: 6 });
}
