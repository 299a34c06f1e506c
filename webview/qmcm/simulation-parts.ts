import type { QmcmView } from "../../src/protocol/qmcm";
import { figure } from "../ui/format";
import { distancesFigure, divergenceFigures } from "./figures";
import { summaryPart } from "./summary-part";

/** The paper's simulation: its figures in numbers, Fig. 4, and of a sweep Fig. 5. */
export function simulationParts({
  simulation,
  sentences,
}: Extract<QmcmView, { kind: "simulation" }>): readonly HTMLElement[] {
  const { mean, std, cv, klDivergence, histogram, ratio, sweep } = simulation;
  const summary = summaryPart(
    [
      ["mean", figure(mean, 5)],
      ["standard deviation", figure(std)],
      ["c_v", figure(cv)],
      ["KL divergence from normal", figure(klDivergence)],
    ],
    sentences,
  );
  return [
    summary,
    ...(histogram ? [distancesFigure(histogram, ratio)] : []),
    ...(sweep ? divergenceFigures(sweep) : []),
  ];
}
