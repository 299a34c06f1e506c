import { expect, it } from "vitest";
import { distinctNames } from "../../../src/comparison/distinct-names";

it.each([
  ["/r/a.pt", "/r/b.pt", "a.pt", "b.pt"],
  ["/r/1/m.pt", "/r/2/m.pt", "1/m.pt", "2/m.pt"],
  ["/r/1/x/m.pt", "/r/2/x/m.pt", "1/x/m.pt", "2/x/m.pt"],
  ["/m.pt", "/r/m.pt", "m.pt", "r/m.pt"],
  ["/r/m.pt", "/r/m.pt", "m.pt", "m.pt"],
])("tells %s from %s", (a, b, nameA, nameB) => {
  expect(distinctNames(a, b)).toEqual([nameA, nameB]);
});
