import { describe, expect, it } from "vitest";
import type { WeightMap } from "../../../src/protocol/results";
import { cloudOf } from "../../../webview/map/cloud";
import {
  fitted,
  projector,
  rotation,
  START_CAMERA,
  turn,
  zoomBy,
} from "../../../webview/map/orbit";
import { backToFront, pick } from "../../../webview/map/picking";
import { beside } from "../../../webview/map/placement";
import { silhouette, wireSphere } from "../../../webview/map/wire";

const ahead = { yaw: 0, pitch: 0, zoom: 1 };
const stage = { width: 400, height: 300 };

const map: WeightMap = {
  method: "metric",
  states: "joint",
  dimensions: 3,
  points: [
    { run: 4, state: "initial", position: [2, 1, 1] },
    { run: 9, state: "initial", position: [1, 1, 2] },
    { run: 4, state: "final", position: [0, 1, 1] },
    { run: 9, state: "final", position: [1, 1, 0] },
  ],
  eigenvalues: [2, 2, 0],
  explained: 1,
  explainedNull: 1,
  stress: 0,
  converged: true,
};

describe("cloudOf", () => {
  it("centres the points, scales their mean radius to 1 and pairs each run's states", () => {
    const cloud = cloudOf(map);
    expect(cloud.meanRadius).toBeCloseTo(1, 12);
    expect([...cloud.positions]).toEqual([1, 0, 0, 0, 0, 1, -1, 0, 0, 0, 0, -1]);
    expect([...cloud.pairs]).toEqual([0, 2, 1, 3]);
    expect([...cloud.kinds]).toEqual([0, 0, 1, 1]);
    expect([...cloud.runs]).toEqual([4, 9, 4, 9]);
  });

  it("lays a map of two dimensions into the plane, and a map of one place into its centre", () => {
    const flat = cloudOf({
      ...map,
      dimensions: 2,
      points: map.points.map((p) => ({ ...p, position: p.position.slice(0, 2) })),
    });
    expect(flat.positions.filter((_, i) => i % 3 === 2)).toEqual(new Float32Array(4));
    const same = cloudOf({
      ...map,
      points: map.points.map((p) => ({ ...p, position: [3, 3, 3] })),
    });
    expect([...same.positions]).toEqual(Array(12).fill(0));
  });
});

describe("orbit", () => {
  it("has points far out in sight at first, and a sphere as large as the stage allows", () => {
    for (const reach of [1, 1.05, 1.5, 2, 3.5]) {
      const project = projector(fitted(ahead, reach), stage);
      const high = [0, 0.3, 0.6, 0.9].map(
        (angle) => project(0, reach * Math.cos(angle), reach * Math.sin(angle)).y,
      );
      expect(Math.min(...high)).toBeGreaterThan(0);
    }
    expect(fitted(ahead, 1.05)).toEqual(ahead);
  });

  it("rotates without bending: rows are orthonormal", () => {
    const r = rotation({ yaw: 0.7, pitch: -0.4, zoom: 1 });
    const dot = (a: number, b: number): number =>
      r[a] * r[b] + r[a + 1] * r[b + 1] + r[a + 2] * r[b + 2];
    expect([dot(0, 0), dot(3, 3), dot(6, 6)].map((x) => x.toFixed(12))).toEqual(
      Array(3).fill("1.000000000000"),
    );
    expect([dot(0, 3), dot(0, 6), dot(3, 6)].every((x) => Math.abs(x) < 1e-12)).toBe(true);
  });

  it("drags the front of the sphere along with the hand", () => {
    const front = projector(turn(ahead, 0.1, 0.1), stage)(0, 0, 1);
    expect(front.x).toBeGreaterThan(200);
    expect(front.y).toBeGreaterThan(150);
  });

  it("shows near things larger, and stops at the poles and at sensible zooms", () => {
    const project = projector(ahead, stage);
    expect(project(0.5, 0, 0.9).x).toBeGreaterThan(project(0.5, 0, -0.9).x);
    expect(turn(ahead, 0, 9).pitch).toBe(Math.PI / 2);
    expect(zoomBy(ahead, 1e9).zoom).toBe(12);
    expect(zoomBy(ahead, 0).zoom).toBe(0.4);
    expect(zoomBy(START_CAMERA, 1)).toEqual(START_CAMERA);
  });
});

describe("picking", () => {
  const cloud = cloudOf(map);

  it("finds the point under the pointer, the one in front of two, and none far off", () => {
    expect(pick(cloud, ahead, stage, 200, 150)?.point).toBe(1);
    const right = projector(ahead, stage)(1, 0, 0);
    expect(pick(cloud, ahead, stage, right.x + 3, right.y - 3)?.point).toBe(0);
    expect(pick(cloud, ahead, stage, 5, 5)).toBeNull();
  });

  it("orders points from back to front", () => {
    const order = [...backToFront(cloud, ahead)];
    expect(order[0]).toBe(3);
    expect(order[3]).toBe(1);
  });
});

describe("the sphere's lines", () => {
  it("lie on the unit sphere", () => {
    for (const lines of [wireSphere(), silhouette()])
      for (let i = 0; i < lines.length; i += 3)
        expect(Math.hypot(lines[i], lines[i + 1], lines[i + 2])).toBeCloseTo(1, 5);
  });
});

describe("beside", () => {
  const box = { width: 100, height: 40 };

  it("puts words away from the partner", () => {
    expect(beside({ x: 200, y: 150 }, { x: 180, y: 150 }, box, stage)).toEqual({
      left: 212,
      top: 130,
    });
    expect(beside({ x: 200, y: 150 }, { x: 220, y: 150 }, box, stage)).toEqual({
      left: 88,
      top: 130,
    });
  });

  it("goes below or above both where the sides are full, and stays on the stage", () => {
    expect(beside({ x: 380, y: 150 }, { x: 370, y: 160 }, box, stage)).toEqual({
      left: 300,
      top: 172,
    });
    expect(beside({ x: 380, y: 280 }, { x: 370, y: 290 }, box, stage)).toEqual({
      left: 300,
      top: 228,
    });
  });
});
