import { escapeHtml } from "./page";

/** A line of a chart; null leaves a gap. */
export interface ChartLine {
  readonly name: string;
  readonly values: readonly (number | null)[];
}

const WIDTH = 640;
const HEIGHT = 240;
const LEFT = 56;
const BOTTOM = 24;
const classes = ["first", "second", "third"];

/**
 * Lines over common places on the x axis as one SVG, its y axis from 0, with a key above. At most three lines.
 * @param x ascending
 */
export function lineChart(
  label: string,
  x: readonly number[],
  lines: readonly ChartLine[],
  xLabel: string,
): string {
  const all = lines.flatMap(({ values }) => values.filter((value) => value !== null));
  const most = Math.max(...all, Number.MIN_VALUE);
  const [from, to] = [x[0] ?? 0, x.at(-1) ?? 1];
  const toX = (value: number) => LEFT + ((value - from) / (to - from || 1)) * (WIDTH - LEFT - 8);
  const toY = (value: number) => 8 + (1 - value / most) * (HEIGHT - BOTTOM - 8);
  const drawn = lines.map(({ values }, i) => {
    let pen = "M";
    const d = values.map((value, t) => {
      if (value === null) {
        pen = "M";
        return "";
      }
      const point = `${pen}${toX(x[t]).toFixed(1)} ${toY(value).toFixed(1)}`;
      pen = "L";
      return point;
    });
    const dots = values.map((value, t) =>
      value === null || values.length > 200
        ? ""
        : `<circle class="${classes[i]}" cx="${toX(x[t]).toFixed(1)}" cy="${toY(value).toFixed(1)}" r="2"/>`,
    );
    return `<path class="${classes[i]}" d="${d.join("")}"/>${dots.join("")}`;
  });
  const base = HEIGHT - BOTTOM;
  const key = lines.map(({ name }, i) => `<i class="${classes[i]}"></i>${escapeHtml(name)}`);
  return `<figure><p class="key dim">${key.join("")}</p>
<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" role="img" aria-label="${escapeHtml(label)}">
<line class="axis" x1="${LEFT}" x2="${WIDTH}" y1="${base}" y2="${base}"/>
<text x="${LEFT - 6}" y="${base}" text-anchor="end">0</text>
<text x="${LEFT - 6}" y="14" text-anchor="end">${most.toPrecision(3)}</text>
<text x="${LEFT}" y="${HEIGHT - 6}">${from}</text>
<text x="${WIDTH - 8}" y="${HEIGHT - 6}" text-anchor="end">${to}</text>
<text x="${(LEFT + WIDTH) / 2}" y="${HEIGHT - 6}" text-anchor="middle">${escapeHtml(xLabel)}</text>
${drawn.join("\n")}
</svg></figure>`;
}
