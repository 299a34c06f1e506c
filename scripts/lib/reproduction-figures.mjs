// The figures of a report as files: drawings as SVG, maps as PNG, in the light theme.
/* global document, getComputedStyle, XMLSerializer */
import { writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

/** In the page: a drawing with what it takes from the page's style sheet written into it, on white. */
function alone(drawing) {
  const carried = {
    text: ["fill", "font-size", "text-anchor"],
    tspan: ["font-size"],
    line: ["stroke", "stroke-width", "stroke-opacity"],
    path: ["fill", "fill-opacity", "stroke", "stroke-width", "stroke-dasharray"],
    rect: ["fill", "fill-opacity"],
    circle: ["fill", "fill-opacity"],
  };
  const plain = { "fill-opacity": "1", "stroke-opacity": "1", "stroke-dasharray": "none" };
  const copy = drawing.cloneNode(true);
  const originals = [...drawing.querySelectorAll("*")];
  [...copy.querySelectorAll("*")].forEach((element, i) => {
    const style = getComputedStyle(originals[i]);
    for (const name of carried[element.tagName] ?? []) {
      const value = style.getPropertyValue(name);
      if (value !== plain[name]) element.setAttribute(name, value);
    }
    for (const name of ["class", "style"]) element.removeAttribute(name);
    for (const { name, value } of element.attributes)
      if (/^-?\d+\.\d{2,}$/.test(value)) element.setAttribute(name, Number(value).toFixed(1));
    const d = element.getAttribute("d");
    if (d) element.setAttribute("d", d.replace(/(\d+\.\d)\d+/g, "$1"));
  });
  const { width, height } = drawing.getBoundingClientRect();
  for (const name of ["class", "style", "tabindex", "role"]) copy.removeAttribute(name);
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  copy.setAttribute("font-family", "sans-serif");
  copy.setAttribute("width", Math.round(width));
  copy.setAttribute("height", Math.round(height));
  copy.setAttribute("viewBox", `-8 -4 ${Math.round(width) + 16} ${Math.round(height) + 8}`);
  const ground = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  for (const [name, value] of Object.entries({
    x: -8,
    y: -4,
    width: width + 16,
    height: height + 8,
  }))
    ground.setAttribute(name, value);
  ground.setAttribute("fill", "#fff");
  copy.prepend(ground);
  return new XMLSerializer().serializeToString(copy);
}

/** Drawings by the part of a report that they stand in. */
const drawings = [
  ["curves-steps", ".stop:nth-child(1) figure:nth-of-type(1) .chart svg"],
  ["intercepts-steps", ".stop:nth-child(1) figure:nth-of-type(2) .chart svg"],
  ["curves-fit", ".stop:nth-child(2) figure:nth-of-type(1) .chart svg"],
  ["intercepts-fit", ".stop:nth-child(2) figure:nth-of-type(2) .chart svg"],
  ["nearest", ".fig-three .chart svg"],
  ["cosines", ".displacements .chart svg"],
  ["fig-4", ".part.distances .chart svg"],
  ["fig-5", ".part.fig-5 .chart svg"],
  ["fig-5-equal-queries", ".part.fig-5-equal-queries .chart svg"],
];

/**
 * Writes `PREFIX-NAME.svg` for each drawing that a report shows, and `PREFIX-map-STATES.png` for its maps.
 * @param prefix path that the files' names begin with
 * @param {readonly ("Both" | "Initial" | "Final")[]} mapped states whose maps are drawn
 */
export async function drawFigures(browser, html, prefix, mapped) {
  const page = await browser.newPage({
    viewport: { width: 1200, height: 720 },
    colorScheme: "light",
  });
  await page.goto(pathToFileURL(html).href);
  await page.waitForTimeout(1500);
  for (const [name, selector] of drawings) {
    const drawing = page.locator(selector).first();
    if ((await drawing.count()) === 0 || !(await drawing.isVisible())) continue;
    writeFileSync(`${prefix}-${name}.svg`, `${await drawing.evaluate(alone)}\n`);
  }
  const maps = page.locator(".stages:has(.map-stage)");
  for (const states of mapped) {
    await page.getByRole("radio", { name: states, exact: true }).check({ force: true });
    await page.waitForTimeout(800);
    await maps.screenshot({ path: `${prefix}-map-${states.toLowerCase()}.png` });
  }
  await page.close();
}
