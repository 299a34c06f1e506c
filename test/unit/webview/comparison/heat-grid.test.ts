import { describe, expect, it } from "vitest";
import { gridKey } from "../../../../webview/comparison/grid-keys";
import { heatGrid } from "../../../../webview/comparison/heat-grid";
import { stripGrid } from "../../../../webview/comparison/strip-grid";
import { tensor } from "./tensor";

const kinds = ["attn.q", "attn.k", "mlp.up"];
const transformer = [10, 2, 0].flatMap((layer) =>
  kinds.map((kind, i) => tensor(`model.layers.${layer}.${kind}.weight`, layer + i / 10)),
);

describe("the grid of layers by module", () => {
  it("has a row for each block in natural order, a column for each kind, short names", () => {
    const grid = heatGrid([...transformer, tensor("lm_head.weight", 1)])!;
    expect(grid.rows).toEqual(["layers.0", "layers.2", "layers.10", "lm_head"]);
    expect(grid.columns).toEqual([...kinds, "weight"]);
    expect(grid.cells).toHaveLength(10);
    const cell = grid.cells.find(({ row, column }) => row === 2 && column === 1);
    expect(cell?.tensors.map(({ name }) => name)).toEqual(["model.layers.10.attn.k.weight"]);
    expect(cell?.relative).toBe(10.1);
  });

  it("keeps as much of a name as tells two stacks apart", () => {
    const names = ["encoder", "decoder"].flatMap((side) =>
      ["q", "k"].map((kind) => tensor(`${side}.layers.0.${kind}.weight`, 1)),
    );
    expect(heatGrid(names)?.rows).toEqual(["encoder.layers.0", "decoder.layers.0"]);
  });

  it("puts tensors of one kind in one field, as one vector", () => {
    const experts = [0, 1].flatMap((layer) => [
      tensor(`layers.${layer}.q.weight`, 1),
      tensor(`layers.${layer}.experts.0.w.weight`, 3),
      tensor(`layers.${layer}.experts.1.w.weight`, 4),
    ]);
    const cell = heatGrid(experts)!.cells.find(({ tensors }) => tensors.length === 2)!;
    expect(cell.distance).toBe(5);
    expect(cell.relative).toBeCloseTo(5 / Math.SQRT2, 12);
  });

  it("has no figure where one of the tensors has none", () => {
    const cell = heatGrid([
      ...transformer,
      tensor("model.layers.0.mlp.experts.0.w", null),
      tensor("model.layers.0.mlp.experts.1.w", 1),
    ])!.cells.find(({ tensors }) => tensors.length === 2)!;
    expect(cell).toMatchObject({ distance: null, relative: null });
  });

  it("gives way to a strip where names have no blocks", () => {
    const names = Array.from({ length: 60 }, (_, i) =>
      tensor(`t${"abcdefgh"[i % 8]}.x${"ij"[i % 2]}.${"z".repeat(i + 1)}`, i),
    );
    expect(heatGrid(names.slice(0, 1))).toBeNull();
    expect(heatGrid(names)).toBeNull();
    const strip = stripGrid(names);
    expect(strip.rows).toEqual(["1", "33"]);
    expect(strip.cells[39]).toMatchObject({ row: 1, column: 7, relative: 39 });
  });

  it("is walked by arrow keys, over gaps and no farther than its edges", () => {
    const { cells } = heatGrid([...transformer, tensor("lm_head.weight", 1)])!;
    const at = (row: number, column: number) =>
      cells.find((cell) => cell.row === row && cell.column === column)!;
    expect(gridKey("ArrowRight", cells, null)).toBe(at(0, 0));
    expect(gridKey("ArrowRight", cells, at(0, 0))).toBe(at(0, 1));
    expect(gridKey("ArrowLeft", cells, at(0, 0))).toBe(at(0, 0));
    expect(gridKey("ArrowDown", cells, at(1, 2))).toBe(at(2, 2));
    expect(gridKey("End", cells, at(0, 0))).toBe(at(3, 3));
    expect(gridKey("x", cells, at(0, 0))).toBeNull();
  });
});
