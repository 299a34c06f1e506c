import { RandomStream } from "../../random/stream";
import type { LabelledBox } from "../detection/boxes";
import type { BoxLabels, Dataset, ImageShape, LabelledImages } from "./dataset";

const name = "generated-shapes";

export const shapeKinds = ["disc", "square", "triangle"] as const;

/** Shapes with their boxes and colours, on a ground. */
export interface Scene {
  readonly boxes: readonly LabelledBox[];
  readonly colours: readonly (readonly number[])[];
}

/**
 * Generated scenes for detectors: one to three shapes of random size, place and colour on a grey ground under noise,
 * each with its box. Fixed by its name and the images' size alone; each image is drawn when it is read.
 */
export function generateShapes(shape: ImageShape): Dataset<BoxLabels> {
  return {
    kinds: shapeKinds,
    train: scenes("train", 400, shape),
    test: scenes("test", 100, shape),
  };
}

function scenes(part: string, count: number, shape: ImageShape): LabelledImages<BoxLabels> {
  const all = Array.from({ length: count }, (_, i) => placeShapes(part, i));
  const read = (i: number) => drawScene(all[i], shape, new RandomStream(name, part, i, "noise"));
  return {
    images: { count, shape, read },
    labels: { type: "boxes", boxes: all.map(({ boxes }) => boxes) },
  };
}

/** Where the shapes of one scene lie. A shape whose box would meet one before it is left out. */
export function placeShapes(part: string, index: number): Scene {
  const random = new RandomStream(name, part, index, "shapes");
  const boxes: LabelledBox[] = [];
  const colours: number[][] = [];
  const wanted = 1 + random.below(3);
  for (let n = 0; n < wanted; n++) {
    const kind = random.below(shapeKinds.length);
    const side = 0.2 + 0.25 * random.uniform();
    const x = side / 2 + (1 - side) * random.uniform();
    const y = side / 2 + (1 - side) * random.uniform();
    const colour = [0, 1, 2].map(() => 205 * random.below(2) + random.below(50));
    const box = { kind, x, y, width: side, height: side, difficult: false };
    if (boxes.some((other) => meets(box, other))) continue;
    boxes.push(box);
    colours.push(colour);
  }
  return { boxes, colours };
}

/** A scene's pixels, channels last, on a noisy grey ground. */
export function drawScene(scene: Scene, shape: ImageShape, random: RandomStream): Uint8Array {
  const image = new Uint8Array(shape[0] * shape[1] * shape[2]);
  const words = random.fill(new Uint32Array(image.length));
  for (let i = 0; i < image.length; i++) image[i] = 110 + (words[i] >>> 27);
  scene.boxes.forEach((box, i) => {
    drawShape(image, shape, box, scene.colours[i]);
  });
  return image;
}

function meets(a: LabelledBox, b: LabelledBox): boolean {
  return (
    Math.abs(a.x - b.x) < (a.width + b.width) / 2 && Math.abs(a.y - b.y) < (a.height + b.height) / 2
  );
}

function drawShape(
  image: Uint8Array,
  [height, width, channels]: ImageShape,
  box: LabelledBox,
  colour: readonly number[],
): void {
  for (let row = 0; row < height; row++)
    for (let column = 0; column < width; column++) {
      // Place of the pixel's centre in the box, -1 to 1.
      const across = (2 * ((column + 0.5) / width - box.x)) / box.width;
      const down = (2 * ((row + 0.5) / height - box.y)) / box.height;
      if (!inside(shapeKinds[box.kind], across, down)) continue;
      for (let channel = 0; channel < channels; channel++)
        image[(row * width + column) * channels + channel] = colour[channel % 3];
    }
}

function inside(kind: (typeof shapeKinds)[number], across: number, down: number): boolean {
  if (Math.max(Math.abs(across), Math.abs(down)) > 1) return false;
  if (kind === "disc") return across ** 2 + down ** 2 <= 1;
  // A triangle that stands on its base.
  return kind === "square" || Math.abs(across) <= (down + 1) / 2;
}
