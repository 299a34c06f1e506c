import { expect, it } from "vitest";
import { comparisonHtml, reportedView } from "../../../src/comparison/html-report";
import { summarise } from "../../../src/comparison/summarise";
import { comparisonOf, movedTensor } from "./comparisons";

const hostile = `</script><script>alert("1")</script><img src=x onerror='1'><!--`;
const bundle = { script: "draw();", style: "" };

/** The view that a page carries for its script. */
function carried(html: string): unknown {
  return JSON.parse(/id="view">(.*)<\/script>/.exec(html)?.[1] ?? "");
}

it("is a page that carries the comparison, whatever its names are", () => {
  const comparison = comparisonOf(movedTensor(hostile, 1));
  const report = { ...comparison, leftOut: [hostile], summary: summarise(comparison) };
  const [a, b] = [`run/${hostile}/a.pt`, "run/b.pt"].map((path) => ({ path, format: "PyTorch" }));
  const view = reportedView(report, a, b);
  const html = comparisonHtml(view, bundle);
  expect(html.match(/<script/g)).toHaveLength(2);
  expect(html).not.toMatch(/<img|<!--|\sstyle=|https?:|\s(src|href)="/);
  expect(html).toMatch(/content="default-src 'none'; script-src 'sha256-[^ ]+; style-src 'sha256-/);
  expect(carried(html)).toEqual(view);
  expect(view).toMatchObject({ a: { name: "a.pt" }, leftOut: [hostile], spectrum: null });
});

it("names no place to be restored by", () => {
  const comparison = comparisonOf(movedTensor("w", 1));
  const report = { ...comparison, leftOut: [], summary: summarise(comparison) };
  const [a, b] = ["a", "b"].map((path) => ({ path, format: "GGUF" }));
  const view = reportedView(report, a, b);
  const shown = { ...view, a: { ...view.a, uri: "file:///a" }, b: { ...view.b, uri: "file:///b" } };
  expect(carried(comparisonHtml(shown, bundle))).toEqual(view);
});
