import { blend, cssColour } from "../ui/theme";
import { EYE, projector, START_CAMERA, scale } from "./orbit";
import { backToFront } from "./picking";
import {
  dotSize,
  emphasis,
  farStrength,
  lineStrength,
  standBack,
  type Frame,
  type MapRenderer,
} from "./renderer";
import { silhouette, wireSphere } from "./wire";

/** 0 at the back, 1 at the front. */
const nearness = (depth: number): number => Math.min(1, Math.max(0, 0.5 + 0.5 * depth));

/** The same map by a 2-D canvas, where WebGL2 is absent or lost. */
export function canvasRenderer(): MapRenderer | null {
  const canvas = document.createElement("canvas");
  const context = canvas.getContext("2d");
  if (context === null) return null;
  const wire = wireSphere();
  const rim = silhouette();

  const drawSphere = (frame: Frame): void => {
    const { camera, viewport, palette } = frame;
    const project = projector(camera, viewport);
    const { sphere } = lineStrength(frame);
    // Two strokes, far half and near half, instead of one for each of some hundred segments.
    for (const front of [false, true]) {
      context.beginPath();
      for (let i = 0; i < wire.length; i += 6) {
        const a = project(wire[i], wire[i + 1], wire[i + 2]);
        const b = project(wire[i + 3], wire[i + 4], wire[i + 5]);
        if (a.depth + b.depth > 0 !== front) continue;
        context.moveTo(a.x, a.y);
        context.lineTo(b.x, b.y);
      }
      context.strokeStyle = cssColour(palette.foreground, sphere * (front ? 0.85 : 0.55));
      context.stroke();
    }
    const facing = projector({ ...START_CAMERA, yaw: 0, pitch: 0, zoom: camera.zoom }, viewport);
    context.beginPath();
    for (let i = 0; i < rim.length; i += 3) {
      const at = facing(rim[i], rim[i + 1], rim[i + 2]);
      context.lineTo(at.x, at.y);
    }
    context.closePath();
    context.strokeStyle = cssColour(palette.foreground, sphere);
    context.stroke();
  };

  const drawPairs = (frame: Frame): void => {
    const { cloud, palette } = frame;
    const project = projector(frame.camera, frame.viewport);
    const at = (point: number): ReturnType<typeof project> =>
      project(
        ...(cloud.positions.subarray(3 * point, 3 * point + 3) as unknown as [
          number,
          number,
          number,
        ]),
      );
    for (let pair = 0; pair < cloud.pairs.length; pair += 2) {
      const [a, b] = [at(cloud.pairs[pair]), at(cloud.pairs[pair + 1])];
      const level = emphasis(frame, cloud.pairs[pair]);
      const near = nearness((a.depth + b.depth) / 2);
      const strength = lineStrength(frame).pair * (level === 1 ? 1 : standBack(palette));
      context.strokeStyle = cssColour(
        palette.foreground,
        level === 2 ? 1 : strength * (farStrength(palette) * (1 - near) + near),
      );
      context.beginPath();
      context.moveTo(a.x, a.y);
      context.lineTo(b.x, b.y);
      context.stroke();
    }
  };

  const drawPoints = (frame: Frame): void => {
    const { cloud, camera, viewport, palette } = frame;
    const project = projector(camera, viewport);
    const size = dotSize(cloud.size) * Math.min(1.6, Math.sqrt(camera.zoom));
    const unit = scale(camera, viewport);
    for (const point of backToFront(cloud, camera)) {
      const [x, y, z] = cloud.positions.subarray(3 * point, 3 * point + 3);
      const at = project(x, y, z);
      const level = emphasis(frame, point);
      const near = nearness(at.depth);
      const strength =
        (farStrength(palette) * (1 - near) + near) * (level === 0 ? standBack(palette) : 1);
      const perspective = EYE / Math.max(0.1, EYE - at.depth);
      const radius = (perspective * size * (level === 2 ? 1.35 : 1)) / 2;
      const hue = cloud.kinds[point] === 1 ? palette.final : palette.initial;
      context.beginPath();
      context.arc(at.x, at.y, Math.min(radius, unit), 0, 2 * Math.PI);
      context.fillStyle = cssColour(level === 2 ? palette.foreground : palette.background);
      context.fill();
      context.beginPath();
      context.arc(at.x, at.y, Math.max(1, radius - 1.2), 0, 2 * Math.PI);
      context.fillStyle = cssColour(blend(palette.background, hue, level === 2 ? 1 : strength));
      context.fill();
    }
  };

  return {
    kind: "canvas",
    canvas,
    draw(frame) {
      const { viewport, pixelRatio } = frame;
      const [width, height] = [viewport.width * pixelRatio, viewport.height * pixelRatio];
      if (canvas.width !== Math.round(width)) canvas.width = Math.round(width);
      if (canvas.height !== Math.round(height)) canvas.height = Math.round(height);
      context.setTransform(pixelRatio, 0, 0, pixelRatio, 0, 0);
      context.clearRect(0, 0, viewport.width, viewport.height);
      context.lineWidth = 1;
      drawSphere(frame);
      drawPairs(frame);
      drawPoints(frame);
    },
    dispose: () => undefined,
  };
}
