import { execFileSync } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import sharp from "sharp";
import { RandomStream } from "../../src/random/stream";
import { drawScene, placeShapes, shapeKinds } from "../../src/training/datasets/generated-shapes";

const batches = ["data_batch_1", "data_batch_2", "data_batch_3", "data_batch_4", "data_batch_5"];

/** CIFAR-10's binary files with `images` random images each, below a folder. */
export async function writeCifarBinary(folder: string, images: number): Promise<void> {
  const random = new RandomStream("test cifar");
  await mkdir(path.join(folder, "cifar-10-batches-bin"), { recursive: true });
  for (const name of [...batches, "test_batch"]) {
    const bytes = new Uint8Array(images * 3073);
    for (let i = 0; i < bytes.length; i++) bytes[i] = random.below(i % 3073 === 0 ? 10 : 256);
    await writeFile(path.join(folder, "cifar-10-batches-bin", `${name}.bin`), bytes);
  }
}

/** The same as the Python archive has it. */
export async function writeCifarPython(binary: string, folder: string): Promise<void> {
  await mkdir(path.join(folder, "cifar-10-batches-py"), { recursive: true });
  const files = [...batches, "test_batch"].flatMap((name) => [
    path.join(binary, "cifar-10-batches-bin", `${name}.bin`),
    path.join(folder, "cifar-10-batches-py", name),
  ]);
  execFileSync("python3", [path.join(__dirname, "cifar_pickle.py"), ...files]);
}

/** A folder of JPEG folders, each kind of one colour; sizes vary. */
export async function writeImageFolder(
  folder: string,
  kinds: Readonly<Record<string, number>>,
): Promise<void> {
  for (const [index, [kind, count]] of Object.entries(kinds).entries()) {
    await mkdir(path.join(folder, kind), { recursive: true });
    for (let i = 0; i < count; i++) {
      const background = { r: 40 * index, g: 255 - 40 * index, b: 10 * (i % 20) };
      await sharp({ create: { width: 20 + i, height: 30, channels: 3, background } })
        .jpeg({ quality: 95 })
        .toFile(path.join(folder, kind, `${i}.jpg`));
    }
  }
}

/** Generated scenes in the format of Pascal VOC, with `kinds` for names of the three shapes. */
export async function writeVoc(
  folder: string,
  year: "2007" | "2012",
  sets: Readonly<Record<string, number>>,
  { side = 96, kinds = shapeKinds } = {},
): Promise<void> {
  const root = path.join(folder, "VOCdevkit", `VOC${year}`);
  for (const name of ["Annotations", "ImageSets/Main", "JPEGImages"])
    await mkdir(path.join(root, name), { recursive: true });
  for (const [set, count] of Object.entries(sets)) {
    const names: string[] = [];
    for (let i = 0; i < count; i++) {
      const name = `${set}_${String(i).padStart(6, "0")}`;
      names.push(name);
      const scene = placeShapes(set, i);
      const pixels = drawScene(scene, [side, side, 3], new RandomStream("voc", set, i));
      await sharp(pixels, { raw: { width: side, height: side, channels: 3 } })
        .jpeg({ quality: 95 })
        .toFile(path.join(root, "JPEGImages", `${name}.jpg`));
      const objects = scene.boxes.map(({ kind, x, y, width, height }) => {
        const pixel = (share: number) => Math.round(share * side);
        return `<object><name>${kinds[kind]}</name><difficult>0</difficult><part><name>head</name>
          <bndbox><xmin>1</xmin><ymin>1</ymin><xmax>2</xmax><ymax>2</ymax></bndbox></part><bndbox>
          <xmin>${pixel(x - width / 2) + 1}</xmin><ymin>${pixel(y - height / 2) + 1}</ymin>
          <xmax>${pixel(x + width / 2)}</xmax><ymax>${pixel(y + height / 2)}</ymax></bndbox></object>`;
      });
      await writeFile(
        path.join(root, "Annotations", `${name}.xml`),
        `<annotation><folder>VOC${year}</folder><filename>${name}.jpg</filename>
         <size><width>${side}</width><height>${side}</height><depth>3</depth></size>
         ${objects.join("\n")}</annotation>`,
      );
    }
    await writeFile(path.join(root, "ImageSets/Main", `${set}.txt`), `${names.join("\n")}\n`);
  }
}
