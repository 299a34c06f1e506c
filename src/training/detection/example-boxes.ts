import type { RandomStream } from "../../random/stream";
import type { LabelledBox } from "./boxes";

/** Three boxes an image, drawn at random, to verify a training step with. */
export function exampleBoxes(rows: number, kinds: number, random: RandomStream): LabelledBox[][] {
  const between = (least: number, most: number) => least + (most - least) * random.uniform();
  return Array.from({ length: rows }, () =>
    Array.from({ length: 3 }, () => ({
      x: between(0.3, 0.7),
      y: between(0.3, 0.7),
      width: between(0.05, 0.6),
      height: between(0.05, 0.6),
      kind: random.below(kinds),
      difficult: false,
    })),
  );
}
