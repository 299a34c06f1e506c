import { expect, it } from "vitest";
import type { Evenness } from "../../../src/protocol/states";
import { evennessText } from "../../../src/words/state-words";

it("tells of how many states evenness was tested, against how many draws", () => {
  const even = { statistic: 0.03, chanceMean: 0.034, chance95: 0.06, p: 0.46 };
  const tested: Evenness = {
    state: "initial",
    method: "metric",
    resultant: even,
    anisotropy: even,
    states: 150,
    draws: 199,
    seed: 0,
  };
  expect(evennessText(tested)).toMatch(
    /^Initial weights, metric map: no less even than fresh .* \(150 states; resultant .*; 199 draws\)\.$/,
  );
  expect(evennessText({ ...tested, anisotropy: { ...even, p: 0.005 } })).toContain("more uneven");
});
