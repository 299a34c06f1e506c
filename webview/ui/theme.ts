/** Red, green and blue, each from 0 to 1. */
export type Rgb = readonly [number, number, number];

/** The colours a drawing needs, read from the theme. */
export interface Palette {
  readonly foreground: Rgb;
  readonly background: Rgb;
  readonly dim: Rgb;
  readonly initial: Rgb;
  readonly final: Rgb;
  readonly highContrast: boolean;
}

/** `rgb(…)` for a 2-D canvas. */
export function cssColour([red, green, blue]: Rgb, alpha = 1): string {
  return `rgb(${255 * red} ${255 * green} ${255 * blue} / ${alpha})`;
}

/** A colour between two, `t` from 0 (a) to 1 (b). */
export function blend(a: Rgb, b: Rgb, t: number): Rgb {
  return [a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1]), a[2] + t * (b[2] - a[2])];
}

/** Reads CSS variables as colours, in whatever notation the theme wrote them, where an element stands. */
export function readColours(element: HTMLElement, variables: readonly string[]): readonly Rgb[] {
  const probe = document.createElement("span");
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 1;
  const context = canvas.getContext("2d", { willReadFrequently: true });
  element.append(probe);
  const colours = variables.map((variable): Rgb => {
    probe.style.color = `var(${variable})`;
    if (context === null) return [0.5, 0.5, 0.5];
    context.clearRect(0, 0, 1, 1);
    context.fillStyle = getComputedStyle(probe).color;
    context.fillRect(0, 0, 1, 1);
    const [red, green, blue] = context.getImageData(0, 0, 1, 1).data;
    return [red / 255, green / 255, blue / 255];
  });
  probe.remove();
  return colours;
}

/** Reads the theme's colours as CSS resolves them. */
export function readPalette(element: HTMLElement): Palette {
  const [foreground, background, dim, initial, final] = readColours(element, [
    "--foreground",
    "--background",
    "--dim",
    "--initial",
    "--final",
  ]);
  return {
    foreground,
    background,
    dim,
    initial,
    final,
    highContrast:
      /vscode-high-contrast/.test(document.body.className) ||
      matchMedia("(prefers-contrast: more)").matches,
  };
}

/** Calls back when VS Code changes its theme (body class, variables on the root) or the system its own. */
export function onThemeChange(changed: () => void): void {
  const observer = new MutationObserver(changed);
  observer.observe(document.body, { attributes: true, attributeFilter: ["class"] });
  observer.observe(document.documentElement, {
    attributes: true,
    attributeFilter: ["style", "class"],
  });
  for (const query of [
    "(prefers-color-scheme: dark)",
    "(prefers-contrast: more)",
    "(forced-colors: active)",
  ])
    matchMedia(query).addEventListener("change", changed);
}
