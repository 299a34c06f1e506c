import { writeFile } from "node:fs/promises";
import { expect, it } from "vitest";
import {
  readReport,
  reportFile,
  writeReport,
  type TaskReport,
} from "../../../../src/runner/slurm/task-report";
import { folderOf } from "../../metrics/temporary";

const key = "0".repeat(32);
const old: TaskReport["runs"][number] = {
  ...{ run: 3, key, attempt: 0, step: 10, distance: 1.5, log: "output.log" },
  state: "running",
  kind: "command",
};
const told = {
  ...old,
  ...{ stepSeconds: 4, metrics: { loss: 0.25 }, clock: { seconds: 2, since: 1000 } },
};
const report = (run: TaskReport["runs"][number]): TaskReport => ({
  ...{ format: "weight-odometer task 1", state: "working", message: null, host: "node-1" },
  runs: [run],
});

it("carries what a command under way tells, of older versions too", async () => {
  const folder = await folderOf({});
  await writeReport(folder, 0, report(told));
  expect(await readReport(folder, 0)).toEqual(report(told));
  await writeReport(folder, 0, report(old));
  const clock = { seconds: 0, since: null };
  expect((await readReport(folder, 0))?.runs).toEqual([
    { ...old, stepSeconds: null, metrics: {}, clock },
  ]);
  await writeFile(reportFile(folder, 0), JSON.stringify(report({ ...told, log: 7 } as never)));
  expect(await readReport(folder, 0)).toBeNull();
});
