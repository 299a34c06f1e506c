import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { placeShapes, shapeKinds } from "../../../../src/training/datasets/generated-shapes";
import { readVoc } from "../../../../src/training/datasets/voc";
import { parseVocAnnotation } from "../../../../src/training/datasets/voc-annotation";
import { writeVoc } from "../../../support/datasets";

let root = "";
beforeAll(async () => {
  root = await mkdtemp(path.join(tmpdir(), "odometer-"));
  await writeVoc(root, "2007", { trainval: 6, test: 3 });
});
afterAll(() => rm(root, { recursive: true }));

describe("Pascal VOC", () => {
  it("gives each scene the boxes that were drawn, to half a pixel, and parts of objects none", async () => {
    const { train, test } = await readVoc(root, "2007", shapeKinds);
    expect([train.files.length, test.files.length]).toEqual([6, 3]);
    train.labels.boxes.forEach((boxes, i) => {
      const drawn = placeShapes("trainval", i).boxes;
      expect(boxes.map(({ kind }) => kind)).toEqual(drawn.map(({ kind }) => kind));
      boxes.forEach((box, n) => {
        for (const side of ["x", "y", "width", "height"] as const)
          expect(Math.abs(box[side] - drawn[n][side])).toBeLessThanOrEqual(1 / 96);
      });
    });
  });

  it("names the file of a wrong annotation, or the line of a wrong name", async () => {
    const files = path.join(root, "VOCdevkit/VOC2007");
    await writeFile(path.join(files, "Annotations/test_000001.xml"), "<annotation>\n<size>");
    await expect(readVoc(root, "2007", shapeKinds)).rejects.toThrow(
      /test_000001.xml: 2:6: unclosed tag/,
    );
    await writeFile(path.join(files, "ImageSets/Main/test.txt"), "ok\n../../etc/passwd\n");
    await writeFile(path.join(files, "Annotations/ok.xml"), annotation(object("disc", 1, 1, 5, 5)));
    await expect(readVoc(root, "2007", shapeKinds)).rejects.toThrow(/test.txt, line 2: /);
  });
});

const object = (name: string, ...[xmin, ymin, xmax, ymax]: (number | string)[]) =>
  `<object><name>${name}</name><difficult>1</difficult><bndbox><xmin>${xmin}</xmin>` +
  `<ymin>${ymin}</ymin><xmax>${xmax}</xmax><ymax>${ymax}</ymax></bndbox></object>`;
const annotation = (objects: string) =>
  `<annotation><size><width>10</width><height>20</height></size>${objects}</annotation>`;

describe("parseVocAnnotation", () => {
  it("counts pixels from 1 and cuts boxes off at the image's edges", () => {
    const [whole, cut] = parseVocAnnotation(
      annotation(object("disc", 1, 1, 10, 20) + object("square", 6, 11, 99, 20)),
      shapeKinds,
    );
    expect(whole).toEqual({ kind: 0, x: 0.5, y: 0.5, width: 1, height: 1, difficult: true });
    expect(cut).toEqual({ kind: 1, x: 0.75, y: 0.75, width: 0.5, height: 0.5, difficult: true });
  });

  it.each([
    ["an unknown kind", annotation(object("tank", 1, 1, 5, 5)), /"tank", is none/],
    ["no number", annotation(object("disc", "a", 1, 5, 5)), /xmin, "a", is no number/],
    ["nothing for a number", annotation(object("disc", "", 1, 5, 5)), /xmin, "", is no number/],
    ["no area", annotation(object("disc", 5, 1, 4, 5)), /no area/],
    ["no size", `<annotation>${object("disc", 1, 1, 5, 5)}</annotation>`, /size is missing/],
    ["two roots", `${annotation("")}<more/>`, /1:\d+/],
    [
      "an entity of its own",
      `<!DOCTYPE a [<!ENTITY x "${"y".repeat(99)}">]>${annotation("&x;")}`,
      /undefined entity/,
    ],
  ])("refuses %s", (_, xml, message) => {
    expect(() => parseVocAnnotation(xml, shapeKinds)).toThrow(message);
  });
});
