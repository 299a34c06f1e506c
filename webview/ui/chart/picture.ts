/** Properties that a drawing takes from the page's style sheet, and must carry itself once it is alone. */
const CARRIED = [
  "fill",
  "fill-opacity",
  "stroke",
  "stroke-width",
  "stroke-opacity",
  "stroke-dasharray",
  "stroke-linejoin",
  "opacity",
  "font-family",
  "font-size",
  "font-weight",
  "text-anchor",
  "dominant-baseline",
  "visibility",
];
/** Pixels of the picture for one of the page. */
const SCALE = 2;
const MARGIN = 20;

/** A drawing with its style written into it. */
function alone(drawing: SVGSVGElement): string {
  const copy = drawing.cloneNode(true) as SVGSVGElement;
  const originals = [drawing, ...drawing.querySelectorAll<SVGElement>("*")];
  const copies = [copy, ...copy.querySelectorAll<SVGElement>("*")];
  originals.forEach((original, i) => {
    const style = getComputedStyle(original);
    for (const name of CARRIED) copies[i].style.setProperty(name, style.getPropertyValue(name));
  });
  const { width, height } = drawing.getBoundingClientRect();
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  copy.setAttribute("width", String(width * SCALE));
  copy.setAttribute("height", String(height * SCALE));
  copy.setAttribute("viewBox", `0 0 ${width} ${height}`);
  return new XMLSerializer().serializeToString(copy);
}

async function load(drawing: SVGSVGElement): Promise<HTMLImageElement> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(alone(drawing))}`;
  await image.decode();
  return image;
}

/** A drawing, and what stands above it. */
export interface Pictured {
  readonly title: string;
  readonly drawing: SVGSVGElement;
}

/**
 * Drawings one below the other as a PNG in base64, in the page's own colours.
 * @param title heads the picture
 */
export async function pngOf(title: string, drawings: readonly Pictured[]): Promise<string> {
  const images = await Promise.all(drawings.map(({ drawing }) => load(drawing)));
  const canvas = document.createElement("canvas");
  const context = canvas.getContext("2d");
  if (context === null) throw new Error("no 2-D canvas");
  const heading = 34 * SCALE;
  canvas.width = Math.max(...images.map(({ width }) => width), 600 * SCALE) + 2 * MARGIN * SCALE;
  canvas.height =
    images.reduce((sum, { height }) => sum + height + heading, 2 * heading) + MARGIN * SCALE;
  const style = getComputedStyle(document.body);
  context.fillStyle = style.backgroundColor;
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.fillStyle = style.color;
  const write = (text: string, size: number, weight: number, y: number): void => {
    context.font = `${weight} ${size * SCALE}px ${style.fontFamily}`;
    context.fillText(text, MARGIN * SCALE, y);
  };
  write(title, 15, 600, heading);
  let y = 2 * heading;
  drawings.forEach((drawing, i) => {
    write(drawing.title, 12, 400, y);
    context.drawImage(images[i], MARGIN * SCALE, y + 8 * SCALE);
    y += images[i].height + heading;
  });
  return canvas.toDataURL("image/png").replace(/^[^,]*,/, "");
}
