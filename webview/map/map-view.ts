import { h } from "../ui/dom";
import { onThemeChange, readPalette } from "../ui/theme";
import { canvasRenderer } from "./canvas-renderer";
import { glRenderer } from "./gl-renderer";
import { steer } from "./input";
import { fitted, type Camera } from "./orbit";
import { pick } from "./picking";
import type { MapRenderer } from "./renderer";
import type { MapScene } from "./scene";
import { Tooltip } from "./tooltip";

/** A stage that draws a cloud of weight states and lets a reader turn it. It draws on change only. */
export class MapView {
  readonly element: HTMLElement;
  private readonly tooltip: Tooltip;
  private renderer: MapRenderer | null = null;
  private scene: MapScene | null = null;
  private palette: ReturnType<typeof readPalette> | null = null;
  private hovered: number | null = null;
  private frame = 0;
  private starting = false;
  /** A canvas whose context is lost: held, since only it hears of the context's return. */
  protected lost: HTMLCanvasElement | null = null;

  /** @param describedBy ids of the elements that say what the map shows and which keys turn it */
  constructor(
    describedBy: string,
    private readonly selectRun: (run: number | null) => void,
    private readonly moved: (camera: Camera) => void,
  ) {
    this.element = h("div", {
      class: "stage",
      tabindex: 0,
      role: "application",
      "aria-roledescription": "3-D map",
      "aria-describedby": describedBy,
    });
    this.tooltip = new Tooltip(this.element);
    steer(this.element, {
      camera: () => this.scene!.camera,
      move: (camera) => {
        if (this.scene === null) return;
        this.scene = { ...this.scene, camera };
        this.invalidate();
        this.moved(camera);
      },
      hover: (at) => {
        this.hover(at === null ? null : this.pointAt(at.x, at.y));
      },
      click: ({ x, y }) => {
        const point = this.pointAt(x, y);
        this.selectRun(point === null ? null : this.scene!.cloud.runs[point]);
      },
      escape: () => {
        this.selectRun(null);
      },
    });
    new ResizeObserver(() => {
      this.invalidate();
    }).observe(this.element);
    onThemeChange(() => {
      this.palette = null;
      this.invalidate();
    });
    this.watchPixelRatio();
  }

  /** Shows this scene from the next frame on. */
  show(scene: MapScene): void {
    if (scene.cloud !== this.scene?.cloud) this.hovered = null;
    this.scene = scene;
    this.invalidate();
  }

  private pointAt(x: number, y: number): number | null {
    if (this.scene === null) return null;
    const { cloud, camera } = fittedScene(this.scene);
    return pick(cloud, camera, this.viewport(), x, y)?.point ?? null;
  }

  private hover(point: number | null): void {
    if (point === this.hovered) return;
    this.hovered = point;
    this.element.classList.toggle("pointing", point !== null);
    this.invalidate();
  }

  /** Takes a renderer, or the 2-D one where there is none; goes there and back when WebGL is lost and returns. */
  private use(renderer: MapRenderer | null): void {
    this.renderer?.canvas.remove();
    this.renderer = renderer ?? canvasRenderer();
    if (this.renderer === null) return;
    const { canvas, kind } = this.renderer;
    canvas.setAttribute("aria-hidden", "true");
    this.element.prepend(canvas);
    this.element.dataset["renderer"] = kind;
    canvas.addEventListener("webglcontextlost", (event) => {
      // Without this the browser would never give the context back.
      event.preventDefault();
      this.lost = canvas;
      renderer?.dispose();
      this.use(null);
    });
    canvas.addEventListener("webglcontextrestored", () => {
      this.lost = null;
      this.use(glRenderer());
    });
    this.invalidate();
  }

  /** Making a WebGL context can take a tenth of a second: the page's words and figures are painted first. */
  private start(): void {
    if (this.starting) return;
    this.starting = true;
    // The callback of the next frame comes after this one was painted.
    requestAnimationFrame(() => {
      setTimeout(() => {
        this.use(glRenderer());
      });
    });
  }

  private viewport(): { width: number; height: number } {
    return { width: this.element.clientWidth, height: this.element.clientHeight };
  }

  /** Another screen or zoom level changes devicePixelRatio without resizing the stage. */
  private watchPixelRatio(): void {
    matchMedia(`(resolution: ${devicePixelRatio}dppx)`).addEventListener(
      "change",
      () => {
        this.invalidate();
        this.watchPixelRatio();
      },
      { once: true },
    );
  }

  private invalidate(): void {
    if (this.frame === 0) this.frame = requestAnimationFrame(this.draw);
  }

  private readonly draw = (): void => {
    this.frame = 0;
    const viewport = this.viewport();
    if (this.scene === null || viewport.width * viewport.height === 0) return;
    if (this.renderer === null) {
      this.start();
      return;
    }
    const scene = fittedScene(this.scene);
    const { cloud, camera, selected } = scene;
    this.palette ??= readPalette(this.element);
    this.renderer.draw({
      cloud,
      camera,
      viewport,
      pixelRatio: devicePixelRatio,
      palette: this.palette,
      selected,
      hovered: this.hovered,
    });
    this.tooltip.place(scene, viewport, this.hovered);
  };
}

function fittedScene(scene: MapScene): MapScene {
  return { ...scene, camera: fitted(scene.camera, scene.cloud.reach) };
}
