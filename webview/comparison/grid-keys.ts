import type { HeatCell } from "./heat-grid";

const STEPS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
};

/** Where a key leads from a field: to the next one in its direction, over gaps; the first one where there is none yet. */
export function gridKey(
  key: string,
  cells: readonly HeatCell[],
  from: HeatCell | null,
): HeatCell | null {
  const inOrder = (): readonly HeatCell[] =>
    cells.toSorted((a, b) => a.row - b.row || a.column - b.column);
  if (key === "Home") return inOrder().at(0) ?? null;
  if (key === "End") return inOrder().at(-1) ?? null;
  if (!Object.hasOwn(STEPS, key)) return null;
  if (!from) return inOrder().at(0) ?? null;
  const [down, right] = STEPS[key];
  const ahead = cells.filter(({ row, column }) =>
    down === 0
      ? row === from.row && Math.sign(column - from.column) === right
      : column === from.column && Math.sign(row - from.row) === down,
  );
  const away = ({ row, column }: HeatCell): number =>
    Math.abs(row - from.row) + Math.abs(column - from.column);
  return ahead.reduce<HeatCell>(
    (best, cell) => (best === from || away(cell) < away(best) ? cell : best),
    from,
  );
}
