import { spawnSync } from "node:child_process";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { corruptLabels } from "../../../src/labels/corrupt-labels";
import { selectLabels } from "../../../src/labels/select-labels";
import { RandomStream } from "../../../src/random/stream";

interface Answer {
  readonly select: readonly (readonly [number[], number[]])[];
  readonly corrupt: readonly number[][];
}

describe("labels by Python", () => {
  it.each([
    { count: 10, images: 1000, seed: 0 },
    { count: 5, images: 333, seed: 4294967295 },
    { count: 1, images: 7, seed: 3 },
  ])("are the same bit for bit: $count kinds, seed $seed", ({ count, images, seed }) => {
    const random = new RandomStream("test-labels", seed);
    const labels = Uint16Array.from({ length: images }, () => random.below(count));
    const fractions = [0.01, 0.2, 0.3, 0.5, 0.7, 1];
    const rates = [0, 0.1, 0.25, 0.3, 1];
    const question = { labels: [...labels], count, seed, fractions, rates };
    const answered = spawnSync("python3", [path.join(__dirname, "reference.py")], {
      input: JSON.stringify(question),
      encoding: "utf8",
    });
    expect(answered.stderr).toBe("");
    const answer = JSON.parse(answered.stdout) as Answer;
    const kinds = Array.from({ length: count }, (_, kind) => kind);
    expect(answer.select).toEqual(
      fractions.flatMap((fraction) =>
        [false, true].map((equal) => {
          const chosen = selectLabels(labels, { count, fraction, seed }, equal);
          return [chosen.kinds, chosen.indices];
        }),
      ),
    );
    expect(answer.corrupt).toEqual(
      rates.flatMap((rate) =>
        (["shuffle", "uniform"] as const).map((kind) => [
          ...corruptLabels(labels, { kind, rate, seed, kinds }).labels,
        ]),
      ),
    );
  });
});
