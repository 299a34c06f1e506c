import type { Place } from "./place";

/** What the controls act on. */
export interface Panned {
  pan(dx: number, dy: number): void;
  /** Zooms so that what lies at a place stays there; at the middle where there is none. */
  zoom(factor: number, at: Place | null): void;
  fit(): void;
  /** The pointer rests here, or has left. */
  hover(at: Place | null): void;
}

const KEY_STEP = 40;
const KEY_ZOOM = 1.25;

/** Lets mouse, touch and keyboard move over what a stage shows. */
export function panAndZoom(stage: HTMLElement, panned: Panned): void {
  const pointers = new Map<number, Place>();
  const place = (event: MouseEvent): Place => {
    const box = stage.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };

  stage.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    pointers.set(event.pointerId, place(event));
    stage.setPointerCapture(event.pointerId);
  });
  stage.addEventListener("pointermove", (event) => {
    const now = place(event);
    const before = pointers.get(event.pointerId);
    if (before === undefined || event.pointerType === "mouse") panned.hover(now);
    if (before === undefined) return;
    const other = [...pointers].find(([id]) => id !== event.pointerId)?.[1];
    pointers.set(event.pointerId, now);
    if (other === undefined) {
      panned.pan(now.x - before.x, now.y - before.y);
      return;
    }
    // Two fingers: their middle pans, their distance zooms.
    const apart = (from: Place): number => Math.hypot(from.x - other.x, from.y - other.y);
    panned.pan((now.x - before.x) / 2, (now.y - before.y) / 2);
    const middle = { x: (now.x + other.x) / 2, y: (now.y + other.y) / 2 };
    if (apart(before) > 0) panned.zoom(apart(now) / apart(before), middle);
  });
  const release = (event: PointerEvent): void => {
    pointers.delete(event.pointerId);
  };
  stage.addEventListener("pointerup", release);
  stage.addEventListener("pointercancel", release);
  stage.addEventListener("pointerleave", () => {
    panned.hover(null);
  });
  stage.addEventListener(
    "wheel",
    (event) => {
      // A wheel scrolls the page, as everywhere, until the stage is asked for by focus or a pinch.
      if (!event.ctrlKey && document.activeElement !== stage) return;
      event.preventDefault();
      panned.zoom(Math.exp(-event.deltaY * (event.ctrlKey ? 0.01 : 0.002)), place(event));
    },
    { passive: false },
  );
  stage.addEventListener("dblclick", (event) => {
    panned.zoom(2, place(event));
  });
  stage.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (act(event.key, panned)) event.preventDefault();
  });
}

function act(key: string, panned: Panned): boolean {
  switch (key) {
    case "ArrowLeft":
      panned.pan(KEY_STEP, 0);
      return true;
    case "ArrowRight":
      panned.pan(-KEY_STEP, 0);
      return true;
    case "ArrowUp":
      panned.pan(0, KEY_STEP);
      return true;
    case "ArrowDown":
      panned.pan(0, -KEY_STEP);
      return true;
    case "+":
    case "=":
      panned.zoom(KEY_ZOOM, null);
      return true;
    case "-":
      panned.zoom(1 / KEY_ZOOM, null);
      return true;
    case "0":
    case "Home":
      panned.fit();
      return true;
    default:
      return false;
  }
}
