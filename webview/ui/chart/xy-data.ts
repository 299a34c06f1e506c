/** One point of a series. */
export interface XyPoint {
  readonly x: number;
  readonly y: number;
  /** Half the height of the deviation about `y`; null where there is none. */
  readonly deviation: number | null;
  /** What is told where it is pointed at. */
  readonly words: readonly string[];
  /** The run that it leads to; null where it is of several. */
  readonly run: number | null;
}

/** - "curve": joined, with a band of deviation; - "means": joined, with whiskers; - "dots": each on its own. */
export type XyShape = "curve" | "means" | "dots";

export interface XySeries {
  readonly name: string;
  readonly shape: XyShape;
  /** Place on the scale of colours, 0 to 1; null for the foreground's. */
  readonly shade: number | null;
  /** By rising x. */
  readonly points: readonly XyPoint[];
}

export interface XyData {
  readonly series: readonly XySeries[];
  readonly xName: string;
  readonly yName: string;
  /** Text of a tick on the horizontal axis. */
  readonly xText: (value: number) => string;
}

export interface Range {
  readonly from: number;
  readonly to: number;
}

/** From where to where a chart goes: with zero where values come near it, so that small changes are not blown up. */
export function verticalRange(series: readonly XySeries[]): Range {
  const ends = series.flatMap(({ points }) =>
    points.flatMap(({ y, deviation }) => [y - (deviation ?? 0), y + (deviation ?? 0)]),
  );
  if (ends.length === 0) return { from: 0, to: 1 };
  const [least, most] = [Math.min(...ends), Math.max(...ends)];
  if (most <= 0) return { from: Math.min(least, 0), to: Math.max(most, 1) };
  // Values that are all alike stand in the middle.
  const room = 0.06 * (most > least ? most - least : most);
  return least < 0.5 * most
    ? { from: Math.min(0, least), to: most + room }
    : { from: least - room, to: most + room };
}

/** Horizontal range of all points, with room for dots beside the first and the last. */
export function horizontalRange(series: readonly XySeries[]): Range {
  const all = series.flatMap(({ points }) => points.map(({ x }) => x));
  if (all.length === 0) return { from: 0, to: 1 };
  const [from, to] = [Math.min(...all), Math.max(...all)];
  if (to === from) return { from: from - 0.5, to: to + 0.5 };
  const room = series.some(({ shape }) => shape === "dots") ? 0.03 * (to - from) : 0;
  return { from: from - room, to: to + room };
}

/** The point nearest to a place in pixels, by series and index; null without points. */
export function nearestPoint(
  series: readonly XySeries[],
  at: (point: XyPoint) => readonly [number, number],
  x: number,
  y: number,
): readonly [series: number, point: number] | null {
  let nearest: readonly [number, number] | null = null;
  let least = Infinity;
  series.forEach(({ points }, s) => {
    points.forEach((point, p) => {
      const [px, py] = at(point);
      const away = (px - x) ** 2 + (py - y) ** 2;
      // Of points at one place the last drawn lies on top.
      if (away > least) return;
      least = away;
      nearest = [s, p];
    });
  });
  return nearest;
}
