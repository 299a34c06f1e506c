import { describe, expect, it } from "vitest";
import { meanSquare, pathMeans } from "../../../webview/results/means";
import {
  mapCaption,
  mapFigures,
  nearestSentences,
  pathSentence,
  radiusToDistance,
} from "../../../webview/results/sentences";
import { generatedResults } from "../../integration/webview/generated-results";

const results = generatedResults(6);
const mapOf = (states: string, method: string) =>
  results.maps.find((map) => map.states === states && map.method === method)!;

describe("the map's caption", () => {
  it("names dimensions, variance beside that of no structure, and stress", () => {
    const map = {
      ...mapOf("joint", "classical"),
      explained: 0.0932,
      explainedNull: 3 / 11,
      stress: 0.724,
    };
    expect(mapFigures(map)).toBe(
      "3 of 11 dimensions · 9.32\u202f% of the variance (27.3\u202f% without structure) · stress 0.72",
    );
  });

  it("gives a metric map no share of variance, and says where it did not converge", () => {
    const map = { ...mapOf("joint", "metric"), stress: 0.288 };
    expect(mapFigures(map)).toBe("3 of 11 dimensions · stress 0.29");
    expect(mapFigures({ ...map, converged: false })).toMatch(/stress 0\.29, not yet converged$/);
  });

  it("warns where the map shows little", () => {
    const map = mapOf("joint", "metric");
    expect(mapCaption({ ...map, explained: 0.07 }, results)[0]).toContain(
      "places on the map are a hint",
    );
    expect(mapCaption({ ...map, explained: 0.9 }, results)[0]).not.toContain("hint");
  });

  it("counts initial states that runs share once", () => {
    const map = mapOf("joint", "metric");
    const points = map.points.filter(({ run, state }) => state === "final" || run === 0);
    expect(mapCaption({ ...map, points }, results)[0]).toContain(
      "The final weights of 6 networks and the 1 initial state that they share",
    );
  });

  it("measures the metric sphere against the states' own distances", () => {
    const initial = results.sphere!.initial!;
    const points = 6;
    // Equidistant points a unit apart lie sqrt((n - 1) / 2n) from their centroid.
    const fullSpace = { meanRadius: Math.sqrt((points - 1) / (2 * points)), std: 0 };
    const metricMap = { meanRadius: 2 / 3, std: 0 };
    expect(radiusToDistance({ ...initial, fullSpace, metricMap }, points)).toBeCloseTo(2 / 3, 12);
    // Few points fill three dimensions whatever they are, and shared ones are no cloud.
    expect(mapCaption(mapOf("initial", "metric"), results)).toHaveLength(1);
    const many = { sphere: results.sphere, runResults: generatedResults(8).runResults };
    expect(mapCaption(mapOf("initial", "metric"), many)[1]).toMatch(/here 0\.\d\d/);
  });
});

describe("the nearest check", () => {
  const good = { own: 6, allOwn: true, margin: 4.62 };

  it("says what holds", () => {
    const { good: holds, text } = nearestSentences({
      applicable: true,
      pairs: 6,
      ...good,
      reverse: good,
    });
    expect(holds).toBe(true);
    expect(text.join(" ")).toContain("6 of 6");
    expect(text.join(" ")).toContain("4.62 times as far");
  });

  it("says what fails, and what that means", () => {
    const bad = { own: 5, allOwn: false, margin: 0.9 };
    const { good: holds, text } = nearestSentences({
      applicable: true,
      pairs: 6,
      ...bad,
      reverse: bad,
    });
    expect(holds).toBe(false);
    expect(text[0]).toContain("do not measure what training added");
  });

  it("says why it does not apply, and nothing before it is made", () => {
    expect(
      nearestSentences({ applicable: false, pairs: 6, reason: "Runs share a start." }).text[0],
    ).toContain("Runs share a start.");
    expect(nearestSentences(null).text).toEqual([]);
    expect(
      nearestSentences({ applicable: true, pairs: 1, ...good, margin: null, reverse: good })
        .text[0],
    ).toContain("second run");
  });
});

describe("the path", () => {
  it("averages over runs that recorded it", () => {
    const [first] = results.runResults;
    expect(pathMeans([{ ...first, distance: 4, pathLength: 16, sumSquaredSteps: 4 }])).toEqual({
      net: 4,
      path: 16,
      walk: 2,
    });
    expect(pathMeans([{ ...first, pathLength: null }])).toBeNull();
  });

  it("is compared with a random walk of the same steps", () => {
    expect(pathSentence(4, 16, 2)).toContain("4.00 times the distance");
    expect(pathSentence(4, 16, 2)).toContain("kept a direction");
    expect(pathSentence(2, 16, 2)).toContain("hardly kept a direction");
    expect(pathSentence(1, 16, 2)).toContain("turned back");
  });
});

it("shares of tensors sum to the whole, since squared distances do", () => {
  const total = results.tensorStatistics.reduce(
    (sum, { distance }) => sum + meanSquare(distance),
    0,
  );
  expect(total).toBeCloseTo(meanSquare(results.statistics!), 9);
});
