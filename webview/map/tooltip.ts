import { h, setText } from "../ui/dom";
import { projector, type Viewport } from "./orbit";
import type { MapScene } from "./scene";

const GAP = 12;

/** The point to describe: the one under the pointer, else the chosen run's last state. */
function described({ cloud, selected }: MapScene, hovered: number | null): number | null {
  if (hovered !== null) return hovered;
  if (selected === null) return null;
  const point = cloud.runs.lastIndexOf(selected);
  return point < 0 ? null : point;
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
    const [x, y, z] = cloud.positions.subarray(3 * point, 3 * point + 3);
    const at = projector(scene.camera, viewport)(x, y, z);
    const [title, ...rest] = scene.describe(
      cloud.runs[point],
      cloud.kinds[point] === 1 ? "final" : "initial",
    );
    setText(this.title, title);
    setText(this.rest, rest.join("\n"));
    const { offsetWidth: width, offsetHeight: height } = this.element;
    const left = at.x + GAP + width > viewport.width ? at.x - GAP - width : at.x + GAP;
    const top = Math.min(viewport.height - height, Math.max(0, at.y - height / 2));
    this.element.style.transform = `translate(${Math.max(0, Math.round(left))}px, ${Math.round(top)}px)`;
  }
}
