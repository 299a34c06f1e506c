import { writeFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import { SpectrumProcess } from "../../../src/spectrum/spectrum-process";
import { temporaryDirectory } from "../checkpoint/temporary";
import { movedTensor } from "../comparison/comparisons";

const directory = temporaryDirectory();
const task = { count: 1, memoryBytes: 1, a: "a", b: "b" };

/** A process of this program instead of the real one. */
function processOf(name: string, program: string): SpectrumProcess {
  const script = path.join(directory, `${name}.cjs`);
  writeFileSync(script, program);
  return new SpectrumProcess([script], task);
}

it("fails where the process ends, at once and for good", async () => {
  const ending = processOf("ending", "process.on('message', () => process.exit(3));");
  await expect(ending.spectrum(movedTensor("w", 1))).rejects.toThrow(/computing w ended \(3\)/);
  await expect(ending.spectrum(movedTensor("v", 1))).rejects.toThrow(/computing v ended/);
});

it("hands on an error, and ends with its channel", async () => {
  const failing = processOf(
    "failing",
    `process.on("message", (m) => m.name && process.send({ error: { message: "no " + m.name, stack: "" } }));`,
  );
  await expect(failing.spectrum(movedTensor("w", 1))).rejects.toThrow("no w");
  failing.end();
  failing.end();
});
