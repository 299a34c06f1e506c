import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { commandSettings } from "../../../../src/experiment/command/command-settings";
import { resolveCommand } from "../../../../src/experiment/command/script";
import { environmentPython } from "../../../../src/experiment/command/virtual-environment";
import { plan, plannedRuns } from "../../../../src/experiment/plan";
import { requestOf } from "../../../../src/experiment/run-record";

async function folderWith(script: string): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), "odometer-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  await writeFile(path.join(folder, "train.py"), script);
  return folder;
}

const train = { command: ["python3", "train.py", "${seed}"] };

describe("what decides a command's run", () => {
  it("is the script's content, and not where it lies", async () => {
    const [one, same, other] = await Promise.all(["a", "a", "b"].map(folderWith));
    const [a, b, c] = await Promise.all(
      [one, same, other].map(async (folder) =>
        commandSettings(await resolveCommand(train, folder)),
      ),
    );
    expect(a).toEqual(b);
    expect(a.script).toEqual({
      name: "train.py",
      sha256: expect.stringMatching(/^ca978112/) as string,
    });
    expect(c).not.toEqual(a);
    expect(JSON.stringify(a)).not.toContain(one);
  });

  it("tells a folder or a script that is not there", async () => {
    const folder = await folderWith("a");
    await expect(resolveCommand({ ...train, workingDirectory: "none" }, folder)).rejects.toThrow(
      /no folder/,
    );
    await expect(resolveCommand({ ...train, script: "none.py" }, folder)).rejects.toThrow(
      /none\.py cannot be read/,
    );
    expect((await resolveCommand({ command: ["true"] }, folder)).script).toBeUndefined();
  });

  it("is named in a shell line, too", async () => {
    const folder = await folderWith("a");
    const scriptOf = async (shell: string) => (await resolveCommand({ shell }, folder)).script;
    expect(await scriptOf("echo begun; python3 'train.py' --seed ${seed} > log")).toBe("train.py");
    expect(await scriptOf("python3 ./train.py; echo done")).toBe("./train.py");
    expect(await scriptOf("(python3 train.py)")).toBe("train.py");
    expect(await scriptOf("make")).toBeUndefined();
    expect(await scriptOf("# don't\npython3 train.py")).toBe("train.py");
  });

  it("is not the program of a virtual environment, which is the machine's", async () => {
    const folder = await folderWith("a");
    const program = ".venv/bin/python";
    await mkdir(path.join(folder, ".venv/bin"), { recursive: true });
    await writeFile(path.join(folder, program), "");
    const scriptOf = async (...command: string[]) =>
      (await resolveCommand({ command }, folder)).script;
    expect(await scriptOf(program, "train.py")).toBe(program);
    await writeFile(path.join(folder, ".venv/pyvenv.cfg"), "");
    expect(await scriptOf(program, "train.py")).toBe("train.py");
    expect(await scriptOf(program, "-m", "train")).toBeUndefined();
    await mkdir(path.join(folder, ".venv/src"));
    await writeFile(path.join(folder, ".venv/src/own.py"), "");
    expect(await scriptOf(program, ".venv/src/own.py")).toBe(".venv/src/own.py");
    expect(await scriptOf("./train.py", "train.py")).toBe("./train.py");
    expect(await environmentPython(folder, folder)).toBe(path.normalize(program));
    expect(await environmentPython(path.join(folder, "a"), folder)).toBe(
      path.normalize("../.venv/bin/python"),
    );
    expect(await environmentPython(path.join(folder, "a"), path.join(folder, "a"))).toBeNull();
  });

  it("repeats the first run at the end, as a run of its own", () => {
    const experiment = {
      train,
      runs: 2,
      levels: { labelCorruption: [0, 1], kind: "uniform" as const },
    };
    const runs = plan({ ...experiment, repeatOneSeed: true });
    expect(plan(experiment)).toHaveLength(4);
    expect(runs).toHaveLength(plannedRuns({ ...experiment, repeatOneSeed: true }));
    expect(runs[4]).toMatchObject({ run: 4, repeat: 0, seeds: runs[0].seeds, level: { value: 0 } });
    const requests = runs.map(({ settings, seeds }) => requestOf(settings, seeds));
    expect(new Set(requests).size).toBe(5);
    expect(runs[3].settings.labels.corruption).toEqual({ kind: "uniform", rate: 1 });
  });
});
