import { chmod, cp, mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect } from "vitest";
import type { Results } from "../../../src/protocol/results";
import { pythonEnvironment } from "../../support/python";
import { runCli } from "../support/cli";
import { temporaryFolder } from "../support/files";

const examples = path.resolve(__dirname, "../../../examples");

/** A copy of an example, with the helper beside its script and a Python to run it by. */
export interface Example {
  readonly folder: string;
  readonly environment: NodeJS.ProcessEnv;
}

/** Does what examples/README.md says. */
export async function prepare(name: string, python: string): Promise<Example> {
  const folder = path.join(await temporaryFolder(), name);
  await cp(path.join(examples, name), folder, { recursive: true });
  expect(await runCli(["helper", folder, "--force"])).toMatchObject({ code: 0 });
  const programs = path.join(folder, "bin");
  await mkdir(programs);
  // Not a link: a virtual environment's Python looks for itself by its path.
  await writeFile(path.join(programs, "python3"), `#!/bin/sh\nexec "${python}" "$@"\n`);
  await chmod(path.join(programs, "python3"), 0o755);
  const search = `${programs}${path.delimiter}${pythonEnvironment["PATH"] ?? ""}`;
  // The helper is found beside the script, and nowhere else.
  return { folder, environment: { ...pythonEnvironment, PYTHONPATH: "", PATH: search } };
}

/** Runs one of its experiments to the end. */
export async function runExample(
  { folder, environment }: Example,
  experiment: string,
  out: string,
): Promise<Results> {
  const file = path.join(folder, `${experiment}.odometer.json`);
  const args = ["run", file, "--out", path.join(folder, out), "--jobs", "2", "--json"];
  const { code, stdout, stderr } = await runCli(args, environment);
  expect(code, stderr).toBe(0);
  return JSON.parse(stdout) as Results;
}
