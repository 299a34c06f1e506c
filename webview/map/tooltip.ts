import { h, setText } from "../ui/dom";
import { projector, type Projected, type Viewport } from "./orbit";
import { beside } from "./placement";
import type { MapScene } from "./scene";

type Coordinates = [number, number, number];

/** The point to describe: the one under the pointer, else the chosen run's last state. */
function described({ cloud, selected }: MapScene, hovered: number | null): number | null {
  if (hovered !== null) return hovered;
  if (selected === null) return null;
  const point = cloud.runs.lastIndexOf(selected);
  return point < 0 ? null : point;
}

/** The other state of the same run, or the point itself where the map shows one state. */
function partnerOf({ cloud }: MapScene, point: number): number {
  const at = cloud.pairs.indexOf(point);
  return at < 0 ? point : cloud.pairs[at ^ 1];
}

/** A few words beside a point of the map, kept inside the stage. */
export class Tooltip {
  private readonly title = h("b");
  private readonly rest = h("span");
  private readonly element = h("div", { class: "tooltip", hidden: true }, this.title, this.rest);

  constructor(stage: HTMLElement) {
    stage.append(this.element);
  }

  /** Moves to the point that deserves words now, or hides. */
  place(scene: MapScene, viewport: Viewport, hovered: number | null): void {
    const { cloud } = scene;
    const point = described(scene, hovered);
    this.element.hidden = point === null;
    if (point === null) return;
    const project = projector(scene.camera, viewport);
    const where = (of: number): Projected =>
      project(...(cloud.positions.subarray(3 * of, 3 * of + 3) as unknown as Coordinates));
    const [title, ...rest] = scene.describe(
      cloud.runs[point],
      cloud.kinds[point] === 1 ? "final" : "initial",
    );
    setText(this.title, title);
    setText(this.rest, rest.join("\n"));
    const { offsetWidth: width, offsetHeight: height } = this.element;
    const { left, top } = beside(
      where(point),
      where(partnerOf(scene, point)),
      { width, height },
      viewport,
    );
    this.element.style.transform = `translate(${Math.round(left)}px, ${Math.round(top)}px)`;
  }
}
