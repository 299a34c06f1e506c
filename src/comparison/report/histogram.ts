import type { ChangeHistogram } from "../../protocol/comparison";

const WIDTH = 640;
const HEIGHT = 160;
const BOTTOM = 22;

/** Sizes of changes by powers of two: increases above the line, decreases below it. Nothing where nothing changed. */
export function histogramSvg({ firstExponent, increases, decreases }: ChangeHistogram): string {
  if (increases.length === 0) return "";
  const most = Math.max(...increases, ...decreases);
  const step = WIDTH / increases.length;
  const middle = (HEIGHT - BOTTOM) / 2;
  const bar = (count: number, i: number, up: boolean) => {
    const height = (count / most) * (middle - 2);
    const y = up ? middle - height : middle;
    return `<rect class="${up ? "first" : "second"}" x="${(i * step).toFixed(1)}" y="${y.toFixed(1)}" width="${Math.max(1, step - 1).toFixed(1)}" height="${height.toFixed(1)}"/>`;
  };
  const last = firstExponent + increases.length;
  return `<figure><p class="key dim"><i></i>increases<i class="second"></i>decreases</p>
<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" role="img" aria-label="Histogram of the sizes of changes">
${increases.map((count, i) => bar(count, i, true)).join("")}
${decreases.map((count, i) => bar(count, i, false)).join("")}
<line class="axis" x1="0" x2="${WIDTH}" y1="${middle}" y2="${middle}"/>
<text x="0" y="${HEIGHT - 6}">${(2 ** firstExponent).toExponential(1)}</text>
<text x="${WIDTH}" y="${HEIGHT - 6}" text-anchor="end">${(2 ** last).toExponential(1)}</text>
<text x="${WIDTH / 2}" y="${HEIGHT - 6}" text-anchor="middle">size of the change, by powers of two</text>
</svg></figure>`;
}
