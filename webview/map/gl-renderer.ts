import {
  BufferAttribute,
  BufferGeometry,
  Camera as SceneCamera,
  GLSL3,
  LineLoop,
  LineSegments,
  Matrix3,
  Points,
  RawShaderMaterial,
  Scene,
  Vector2,
  Vector3,
  WebGLRenderer,
  type IUniform,
} from "three";
import type { Cloud } from "./cloud";
import { EYE, rotation, scale } from "./orbit";
import { backToFront } from "./picking";
import {
  dotSize,
  emphasis,
  farStrength,
  lineStrength,
  standBack,
  type MapRenderer,
} from "./renderer";
import linesFragment from "./shaders/lines.frag";
import linesVertex from "./shaders/lines.vert";
import pointsFragment from "./shaders/points.frag";
import pointsVertex from "./shaders/points.vert";
import { silhouette, wireSphere } from "./wire";

/** Above this many points the order from back to front is not worth its time at each turn. */
const SORTED_POINTS = 20_000;

function material(
  vertex: string,
  fragment: string,
  uniforms: Record<string, IUniform>,
): RawShaderMaterial {
  return new RawShaderMaterial({
    glslVersion: GLSL3,
    vertexShader: vertex,
    fragmentShader: fragment,
    uniforms,
    transparent: true,
    depthTest: false,
    depthWrite: false,
  });
}

function geometry(
  attributes: Readonly<Record<string, readonly [Float32Array, number]>>,
): BufferGeometry {
  const made = new BufferGeometry();
  for (const [name, [values, width]] of Object.entries(attributes))
    made.setAttribute(name, new BufferAttribute(values, width));
  return made;
}

const filled = (size: number, value: number): Float32Array => new Float32Array(size).fill(value);

/** The map by WebGL2: all dots in one draw call. Null where the browser gives no WebGL2. */
export function glRenderer(): MapRenderer | null {
  const canvas = document.createElement("canvas");
  const context = canvas.getContext("webgl2", {
    alpha: true,
    antialias: true,
    powerPreference: "low-power",
  });
  if (context === null) return null;
  const renderer = new WebGLRenderer({ canvas, context });
  renderer.setClearAlpha(0);

  const uniforms = {
    rotation: { value: new Matrix3() },
    scale: { value: new Vector2() },
    eye: { value: EYE },
    size: { value: 1 },
    fade: { value: 1 },
    back: { value: 1 },
    initialColour: { value: new Vector3() },
    finalColour: { value: new Vector3() },
    background: { value: new Vector3() },
    foreground: { value: new Vector3() },
  };
  const lines = material(linesVertex, linesFragment, uniforms);
  const dots = material(pointsVertex, pointsFragment, uniforms);
  // The outline faces the viewer however the cloud is turned.
  const outline = material(linesVertex, linesFragment, {
    ...uniforms,
    rotation: { value: new Matrix3() },
  });

  const rim = silhouette();
  const wire = wireSphere();
  const sphere = [
    new LineSegments(
      geometry({ position: [wire, 3], strength: [filled(wire.length / 3, 1), 1] }),
      lines,
    ),
    new LineLoop(
      geometry({ position: [rim, 3], strength: [filled(rim.length / 3, 1), 1] }),
      outline,
    ),
  ];
  const pairs = new LineSegments(new BufferGeometry(), lines);
  const points = new Points(new BufferGeometry(), dots);
  const scene = new Scene();
  for (const object of [...sphere, pairs, points]) {
    object.frustumCulled = false;
    scene.add(object);
  }
  [...sphere, pairs, points].forEach((object, order) => (object.renderOrder = order));

  let shown: Cloud | null = null;
  const load = (cloud: Cloud): void => {
    shown = cloud;
    pairs.geometry.dispose();
    points.geometry.dispose();
    const ends = new Float32Array(3 * cloud.pairs.length);
    cloud.pairs.forEach((point, end) => {
      ends.set(cloud.positions.subarray(3 * point, 3 * point + 3), 3 * end);
    });
    pairs.geometry = geometry({
      position: [ends, 3],
      strength: [filled(cloud.pairs.length, 0), 1],
    });
    points.geometry = geometry({
      position: [cloud.positions, 3],
      kind: [Float32Array.from(cloud.kinds), 1],
      emphasis: [filled(cloud.size, 1), 1],
    });
    points.geometry.setIndex(
      new BufferAttribute(
        Uint32Array.from(cloud.runs, (_, i) => i),
        1,
      ),
    );
  };

  const write = (of: BufferGeometry, name: string, value: (index: number) => number): void => {
    const attribute = of.getAttribute(name) as BufferAttribute;
    for (let i = 0; i < attribute.count; i++) attribute.setX(i, value(i));
    attribute.needsUpdate = true;
  };

  return {
    kind: "webgl",
    canvas,
    draw(frame) {
      const { cloud, camera, viewport, pixelRatio, palette } = frame;
      if (shown !== cloud) load(cloud);
      renderer.setPixelRatio(pixelRatio);
      renderer.setSize(viewport.width, viewport.height, false);
      const half = scale(camera, viewport);
      uniforms.rotation.value.fromArray(rotation(camera)).transpose();
      uniforms.scale.value.set((2 * half) / viewport.width, (2 * half) / viewport.height);
      uniforms.size.value =
        dotSize(cloud.size) * pixelRatio * Math.min(1.6, Math.sqrt(camera.zoom));
      uniforms.back.value = standBack(palette);
      uniforms.fade.value = farStrength(palette);
      uniforms.initialColour.value.set(...palette.initial);
      uniforms.finalColour.value.set(...palette.final);
      uniforms.background.value.set(...palette.background);
      uniforms.foreground.value.set(...palette.foreground);
      const strength = lineStrength(frame);
      for (const object of sphere) write(object.geometry, "strength", () => strength.sphere);
      write(pairs.geometry, "strength", (end) => {
        const level = emphasis(frame, cloud.pairs[end]);
        return level === 2 ? 1 : strength.pair * (level === 1 ? 1 : standBack(palette));
      });
      write(points.geometry, "emphasis", (point) => emphasis(frame, point));
      if (cloud.size <= SORTED_POINTS) {
        const order = backToFront(cloud, camera);
        const index = points.geometry.getIndex()!;
        (index.array as Uint32Array).set(order);
        index.needsUpdate = true;
      }
      renderer.render(scene, new SceneCamera());
    },
    dispose() {
      for (const object of [...sphere, pairs, points]) object.geometry.dispose();
      for (const made of [lines, dots, outline]) made.dispose();
      renderer.dispose();
    },
  };
}
