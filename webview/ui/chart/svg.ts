const NAMESPACE = "http://www.w3.org/2000/svg";

type Attributes = Readonly<Record<string, string | number>>;

/** Builds an SVG element; strings become text. */
export function svg<K extends keyof SVGElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: readonly (SVGElement | string | null)[]
): SVGElementTagNameMap[K] {
  const element = document.createElementNS(NAMESPACE, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  element.append(...children.filter((child) => child !== null));
  return element;
}

let measure: CanvasRenderingContext2D | null = null;

/** How many pixels a text takes in the page's font: so much room it needs. */
export function textWidth(text: string, fontSize = 11): number {
  measure ??= document.createElement("canvas").getContext("2d");
  if (measure === null) return 0.6 * fontSize * text.length;
  measure.font = `${fontSize}px ${getComputedStyle(document.body).fontFamily}`;
  return measure.measureText(text).width;
}
