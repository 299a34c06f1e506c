import type { Projected, Viewport } from "./orbit";

/** Between the box and its point, in CSS pixels. */
const GAP = 12;

type Place = Pick<Projected, "x" | "y">;

/** Where a box of this size goes: beside the point, away from its partner, else above or below both. */
export function beside(
  at: Place,
  partner: Place,
  box: Viewport,
  stage: Viewport,
): { left: number; top: number } {
  const clamp = (value: number, most: number): number => Math.max(0, Math.min(most, value));
  const middle = clamp(at.y - box.height / 2, stage.height - box.height);
  const right = at.x + GAP;
  const left = at.x - GAP - box.width;
  if (partner.x <= at.x && right + box.width <= stage.width) return { left: right, top: middle };
  if (partner.x >= at.x && left >= 0) return { left, top: middle };
  const below = Math.max(at.y, partner.y) + GAP;
  const above = Math.min(at.y, partner.y) - GAP - box.height;
  return {
    left: clamp(at.x - box.width / 2, stage.width - box.width),
    top: below + box.height <= stage.height ? below : clamp(above, stage.height - box.height),
  };
}
