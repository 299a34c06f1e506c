import type { Results } from "../protocol/results";
import type {
  DisplacementCosines,
  Evenness,
  MonteCarloTest,
  ScratchClusters,
} from "../protocol/states";
import { figure, plural, pValue } from "./number";

/** Whether points lie evenly about their centroid (Fig. 1), tested. */
export function evennessText({
  state,
  method,
  resultant,
  anisotropy,
  states,
  draws,
}: Evenness): string {
  const uneven = [resultant, anisotropy].some(({ p }) => p <= 0.025);
  const finding = uneven
    ? "more uneven than fresh random initialisations through the same pipeline"
    : "no less even than fresh random initialisations through the same pipeline";
  return `${state === "initial" ? "Initial" : "Final"} weights, ${method} map: ${finding} (${plural(states, "state")}; resultant ${tested(resultant)}; anisotropy ${tested(anisotropy)}; ${plural(draws, "draw")}).`;
}

const tested = ({ statistic, chanceMean, p }: MonteCarloTest): string =>
  `${figure(statistic, 3)}, by chance ${figure(chanceMean, 3)}, ${pValue(p)}`;

/** How final states lie about the initial states that they share (Fig. 2). */
export function clustersText(clusters: ScratchClusters): string {
  const { scratches, finals, silhouette, nearOwn, margin, within, between } = clusters;
  const near = `${nearOwn.toLocaleString("en-US")} of ${plural(finals, "final state")} lie nearest to the scratch that they started from`;
  const other =
    margin === null ? "" : ` (the next scratch at least ${figure(margin, 3)} times as far)`;
  if (silhouette === null)
    return `${near}; there is one scratch, so there are no clusters to tell apart.`;
  const apart =
    silhouette > 0.7
      ? `fall into ${scratches} clusters clearly apart`
      : silhouette > 0.25
        ? `fall into ${scratches} clusters that touch`
        : "hardly fall into clusters";
  const distances =
    within === null || between === null
      ? ""
      : ` Final states of one scratch are ${figure(within)} apart on average, those of different ones ${figure(between)}.`;
  return `${near}${other}. They ${apart}: silhouette ${figure(silhouette, 3)} in the full space (1 apart, 0 mixed).${distances}`;
}

/** Whether runs moved in like directions. */
export function displacementsText({ mean, std, pairs }: DisplacementCosines): string {
  const spread = std === null ? "" : ` ± ${figure(std, 2)}`;
  return `Cosine of the angle between two runs' displacements w_T − w_0: ${figure(mean, 3)}${spread} over ${plural(pairs, "pair")} (0 where directions are independent).`;
}

/** What is told of the states together: evenness (Fig. 1), clusters (Fig. 2). */
export function stateSentences(results: Results): readonly string[] {
  const { evenness, clusters } = results;
  return [
    ...evenness.map(evennessText),
    ...(clusters && results.varied === "initialWeights" ? [clustersText(clusters)] : []),
  ];
}
