import type {
  NearestCheck,
  Results,
  SphereStatistics,
  WeightMap,
} from "../../src/protocol/results";
import { manyOwnStarts } from "../../src/words/sample-words";
import { count, figure, fixed, percent, plural } from "../ui/format";

/**
 * The map's figures in one line: `3 of 39 dimensions · 9.3 % of the variance (7.7 % without structure) · stress 0.72`.
 * The share of variance is the classical map's: a metric map is no projection.
 */
export function mapFigures(
  map: Omit<WeightMap, "states" | "points"> & { readonly points: readonly unknown[] },
): string {
  const all = Math.max(map.dimensions, map.points.length - 1);
  const figures = [`${map.dimensions} of ${count(all)} dimensions`];
  if (map.method === "classical")
    figures.push(
      `${percent(100 * map.explained)} of the variance (${percent(100 * map.explainedNull)} without structure)`,
    );
  figures.push(`stress ${fixed(map.stress, 2)}${map.converged ? "" : ", not yet converged"}`);
  return figures.join(" · ");
}

/** What the map shows and how far to trust it. */
export function mapCaption(
  map: WeightMap,
  results: Pick<Results, "sphere" | "runResults"> | null,
): string[] {
  const { states, points, dimensions } = map;
  const what = states === "joint" ? jointSentence(points) : statesSentence(states, points.length);
  const trust =
    map.explained < 0.5
      ? ` No ${dimensions === 3 ? "three" : "two"} dimensions hold more than ${percent(100 * map.explained, 2)} of the variance, ` +
        "so places on the map are a hint; the measured distances are in the tables."
      : "";
  const said = what + trust;
  return results && manyOwnStarts(results) ? [said, shapeSentence(map, results.sphere)] : [said];
}

function jointSentence(points: WeightMap["points"]): string {
  const initials = points.filter(({ state }) => state === "initial").length;
  const finals = points.length - initials;
  return initials === finals
    ? `The initial and the final weights of ${plural(finals, "network")}; a line joins the two states of one.`
    : `The final weights of ${plural(finals, "network")} and the ${plural(initials, "initial state")} that they share, each once; a line joins a network's end to its start.`;
}

function statesSentence(states: "initial" | "final", n: number): string {
  return states === "initial"
    ? `${plural(n, "different initial state")}.`
    : `The final weights of ${plural(n, "network")}.`;
}

/** Why both methods are shown: the shape of the cloud is the method's as much as the weights'. */
function shapeSentence({ method, states, points }: WeightMap, spheres: Results["sphere"]): string {
  const law =
    "Random weights are nearly equidistant: a classical map of them is a ball, a metric map puts them on a sphere " +
    "of about two thirds of their mean distance";
  const sphere = method === "classical" || states === "joint" ? null : spheres?.[states];
  if (!sphere) return `${law}. Neither shape comes from training.`;
  return `${law} (here ${fixed(radiusToDistance(sphere, points.length), 2)}). Neither shape comes from training.`;
}

/**
 * A metric map's radius over the root mean square distance between its `n` states, which the radii in the full
 * space give exactly: the sum over pairs of squared distances is n times the sum of squared radii.
 */
export function radiusToDistance({ fullSpace, metricMap }: SphereStatistics, n: number): number {
  const squared = ((2 * n) / (n - 1)) * fullSpace.meanRadius ** 2 + 2 * (fullSpace.std ?? 0) ** 2;
  return metricMap.meanRadius / Math.sqrt(squared);
}

/** The nearest check in words; `good` is false where the paper's condition for reading distances does not hold. */
export function nearestSentences(check: NearestCheck | null): {
  readonly good: boolean;
  readonly text: string[];
} {
  if (check === null) return { good: true, text: [] };
  if (!check.applicable)
    return { good: true, text: [`The nearest check does not apply: ${check.reason}`] };
  const { own, pairs, margin, reverse } = check;
  if (pairs < 2)
    return { good: true, text: ["The nearest check needs a second run to compare with."] };
  const times = (value: number | null): string =>
    value === null ? "" : `${figure(value, 3)} times as far`;
  const forward = check.allOwn
    ? `For each initial state its own final state is the nearest of all (${count(own)} of ${count(pairs)}); ` +
      `another network's is at least ${times(margin)}.`
    : `For ${count(own)} of ${count(pairs)} initial states the own final state is the nearest; for the others another ` +
      `network's is nearer (at worst ${times(margin)}), so these distances do not measure what training added.`;
  const back = reverse.allOwn
    ? `The reverse holds as well: each final state's nearest start is its own (at least ${times(reverse.margin)}).`
    : `In reverse ${count(reverse.own)} of ${count(pairs)} final states have their own start as the nearest.`;
  return { good: check.allOwn, text: [forward, back] };
}

/** Where a path's figures lead, from means over runs. */
export function pathSentence(net: number, path: number, walk: number): string {
  const drift = net / walk;
  const tendency =
    drift > 1.5
      ? "so the steps kept a direction"
      : drift < 0.67
        ? "so the steps turned back on themselves"
        : "so the steps hardly kept a direction";
  return (
    `The weights walked ${figure(path / net, 3)} times the distance they ended up from their start. ` +
    `A random walk of the same steps would end ${figure(walk, 3)} away; training went ${figure(drift, 3)} times as far, ${tendency}.`
  );
}

/** What the figures were measured on. */
export function provenance(results: Results): string {
  return `${results.model} on ${results.dataset} · ${plural(results.parameters, "weight")}`;
}
