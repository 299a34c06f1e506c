import { START_CAMERA, turn, zoomBy, type Camera } from "./orbit";

/** What the controls act on. */
export interface Steered {
  camera(): Camera;
  move(camera: Camera): void;
  /** The pointer rests here (CSS pixels from the stage's corner), or has left. */
  hover(at: { readonly x: number; readonly y: number } | null): void;
  click(at: { readonly x: number; readonly y: number }): void;
  escape(): void;
}

const RADIANS_PER_PIXEL = 0.008;
const KEY_TURN = Math.PI / 36;
const KEY_ZOOM = 1.2;

function keyMove(key: string, camera: Camera): Camera | null {
  switch (key) {
    case "ArrowLeft":
      return turn(camera, -KEY_TURN, 0);
    case "ArrowRight":
      return turn(camera, KEY_TURN, 0);
    case "ArrowUp":
      return turn(camera, 0, -KEY_TURN);
    case "ArrowDown":
      return turn(camera, 0, KEY_TURN);
    case "+":
    case "=":
      return zoomBy(camera, KEY_ZOOM);
    case "-":
      return zoomBy(camera, 1 / KEY_ZOOM);
    case "0":
    case "Home":
      return START_CAMERA;
    default:
      return null;
  }
}

/** Lets mouse, touch and keyboard turn, zoom and point at what a stage shows. */
export function steer(stage: HTMLElement, steered: Steered): void {
  const pointers = new Map<number, { x: number; y: number }>();
  let travelled = 0;
  let spread = 0;
  const place = (event: MouseEvent): { x: number; y: number } => {
    const box = stage.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  const apart = (): number => {
    const [a, b] = [...pointers.values()];
    return Math.hypot(a.x - b.x, a.y - b.y);
  };

  stage.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    pointers.set(event.pointerId, place(event));
    stage.setPointerCapture(event.pointerId);
    travelled = 0;
    if (pointers.size === 2) spread = apart();
  });
  stage.addEventListener("pointermove", (event) => {
    const now = place(event);
    const before = pointers.get(event.pointerId);
    if (before === undefined) {
      steered.hover(now);
      return;
    }
    pointers.set(event.pointerId, now);
    travelled += Math.hypot(now.x - before.x, now.y - before.y);
    if (pointers.size === 1) {
      const [dx, dy] = [now.x - before.x, now.y - before.y];
      steered.move(turn(steered.camera(), RADIANS_PER_PIXEL * dx, RADIANS_PER_PIXEL * dy));
    } else if (pointers.size === 2) {
      const wide = apart();
      if (spread > 0) steered.move(zoomBy(steered.camera(), wide / spread));
      spread = wide;
    }
  });
  const release = (event: PointerEvent): void => {
    // A press that hardly moved is a click, whatever the hand's tremor.
    if (pointers.delete(event.pointerId) && event.type === "pointerup" && travelled < 4)
      steered.click(place(event));
    spread = 0;
  };
  stage.addEventListener("pointerup", release);
  stage.addEventListener("pointercancel", release);
  stage.addEventListener("pointerleave", () => {
    steered.hover(null);
  });
  stage.addEventListener(
    "wheel",
    (event) => {
      // A wheel over the map scrolls the page, as everywhere, until the map is asked for by focus or a pinch.
      if (!event.ctrlKey && document.activeElement !== stage) return;
      event.preventDefault();
      steered.move(
        zoomBy(steered.camera(), Math.exp(-event.deltaY * (event.ctrlKey ? 0.01 : 0.0015))),
      );
    },
    { passive: false },
  );
  stage.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") steered.escape();
    const moved = keyMove(event.key, steered.camera());
    if (moved === null) return;
    event.preventDefault();
    steered.move(moved);
  });
}
