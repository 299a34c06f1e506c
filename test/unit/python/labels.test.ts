import path from "node:path";
import { describe, expect, it } from "vitest";
import { corruptLabels } from "../../../src/labels/corrupt-labels";
import { selectLabels } from "../../../src/labels/select-labels";
import { RandomStream } from "../../../src/random/stream";
import { askPython, pythonWith } from "../../support/python";

interface Answer {
  readonly select: readonly number[][];
  readonly corrupt: readonly number[][];
}

const fractions = [1e-9, 0.05, 0.2, 0.25, 0.3, 0.5, 0.7, 0.999, 1];
const rates = [0, 1e-9, 0.05, 0.1, 0.25, 0.3, 0.5, 0.7, 1];

const kindCounts = [1, 2, 5, 10, 37];
const seeds = [0, 4294967295, Number.MAX_SAFE_INTEGER];

/** Sizes and seeds at both ends, and where a share of them ends in a half. */
const cases = [
  ...[0, 1, 2, 3, 10, 99, 250].flatMap((images) => kindCounts.map((count) => ({ images, count }))),
  { images: 4099, count: 10 },
].map(({ images, count }, i) => {
  const seed = seeds[i % seeds.length];
  const random = new RandomStream("test-helper", images, count, seed);
  const labels = Array.from({ length: images }, () => random.below(count));
  return { labels, count, seed, fractions, rates };
});

function expected({ labels, count, seed }: (typeof cases)[number]): Answer {
  const given = Uint16Array.from(labels);
  const kinds = Array.from({ length: count }, (_, kind) => kind);
  return {
    select: fractions.flatMap((fraction) =>
      [false, true].map((equal) => [
        ...selectLabels(given, { count, fraction, seed }, equal).indices,
      ]),
    ),
    corrupt: rates.flatMap((rate) =>
      (["shuffle", "uniform"] as const).map((kind) => [
        ...corruptLabels(given, { kind, rate, seed, kinds }).labels,
      ]),
    ),
  };
}

describe("labels by the Python helper", () => {
  it.for([
    { type: "list", packages: [] },
    { type: "numpy", packages: ["numpy"] },
    { type: "torch", packages: ["torch"] },
  ])("are those of the extension, bit for bit, as $type", ({ type, packages }, { skip }) => {
    const python = pythonWith(packages);
    if (python === null) return skip(`there is no Python with ${packages.join(", ")}`);
    const script = path.join(__dirname, "answer_labels.py");
    const answers = askPython(python, script, { type, cases }) as Answer[];
    expect(answers.length).toBe(cases.length);
    answers.forEach((answer, i) => {
      const { images, kinds } = { images: cases[i].labels.length, kinds: cases[i].count };
      expect(answer, `${images} labels of ${kinds} kinds`).toEqual(expected(cases[i]));
    });
  });
});
