import { SaxesParser } from "saxes";
import type { LabelledBox } from "../detection/boxes";

/** The twenty kinds of Pascal VOC, in its own order. */
export const vocKinds = [
  ...["aeroplane", "bicycle", "bird", "boat", "bottle", "bus", "car", "cat", "chair", "cow"],
  ...["diningtable", "dog", "horse", "motorbike", "person", "pottedplant", "sheep", "sofa"],
  ...["train", "tvmonitor"],
];

const longestText = 1000;
const mostObjects = 10_000;

/**
 * The boxes of one annotation file (VOC devkit, section 3.3): `annotation/size/{width,height}` and each
 * `annotation/object` with `name`, `difficult` and `bndbox/{xmin,ymin,xmax,ymax}`, pixels counted from 1, both ends
 * included; a box is cut off at the image's edges. Parts of objects and everything else is passed over. Entities
 * other than XML's own five are errors: nothing is expanded or fetched.
 * @throws Error with line and column, or what is missing
 */
export function parseVocAnnotation(xml: string, kinds: readonly string[]): LabelledBox[] {
  const size = { width: 0, height: 0 };
  const boxes: Record<string, string>[] = [];
  const path: string[] = [];
  let text = "";
  let object: Record<string, string> = {};
  const parser = new SaxesParser({ position: true });
  parser.on("error", (error) => {
    throw error;
  });
  parser.on("opentag", ({ name }) => {
    path.push(name);
    text = "";
    if (path.join("/") === "annotation/object") object = {};
  });
  parser.on("text", (more) => {
    if (text.length < longestText) text += more;
  });
  parser.on("closetag", () => {
    const where = path.join("/");
    const value = text.trim();
    if (where === "annotation/size/width") size.width = Number(value);
    if (where === "annotation/size/height") size.height = Number(value);
    const field = /^annotation\/object\/(name|difficult|bndbox\/[xy]m(?:in|ax))$/.exec(where)?.[1];
    if (field !== undefined) object[field] = value;
    if (where === "annotation/object" && boxes.push(object) > mostObjects)
      parser.fail(`more than ${mostObjects} objects`);
    path.pop();
    text = "";
  });
  parser.write(xml).close();
  if (!(size.width >= 1 && size.height >= 1 && Number.isFinite(size.width * size.height)))
    throw new Error("the image's size is missing");
  return boxes.map((fields) => boxOf(fields, size, kinds));
}

function boxOf(
  fields: Readonly<Record<string, string | undefined>>,
  { width, height }: { readonly width: number; readonly height: number },
  kinds: readonly string[],
): LabelledBox {
  const kind = kinds.indexOf(fields["name"] ?? "");
  if (kind < 0)
    throw new Error(
      `an object's name, ${JSON.stringify(fields["name"])}, is none of the dataset's`,
    );
  const edge = (name: string, before: number, length: number) => {
    const pixel = fields[`bndbox/${name}`] ?? "";
    const value = (Number(pixel) - before) / length;
    if (pixel === "" || !Number.isFinite(value))
      throw new Error(`an object's ${name}, ${JSON.stringify(pixel)}, is no number`);
    return Math.min(1, Math.max(0, value));
  };
  const [left, right] = [edge("xmin", 1, width), edge("xmax", 0, width)];
  const [top, bottom] = [edge("ymin", 1, height), edge("ymax", 0, height)];
  if (!(left < right && top < bottom))
    throw new Error(`an object's box, ${fields["name"] ?? ""}, has no area inside the image`);
  return {
    kind,
    x: (left + right) / 2,
    y: (top + bottom) / 2,
    width: right - left,
    height: bottom - top,
    difficult: fields["difficult"] === "1",
  };
}
