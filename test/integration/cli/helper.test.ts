import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect, it } from "vitest";
import { runCli } from "../support/cli";
import { temporaryFolder } from "../support/files";

const own = path.resolve(__dirname, "../../../media/python/weight_odometer.py");

it("puts the Python helper into a folder, over a changed copy only by force", async () => {
  const folder = path.join(await temporaryFolder(), "new folder");
  const file = path.join(folder, "weight_odometer.py");
  expect(await runCli(["helper", folder])).toMatchObject({ code: 0, stdout: "" });
  expect(await readFile(file, "utf8")).toBe(await readFile(own, "utf8"));
  expect((await runCli(["helper", folder])).stderr).toMatch(/is up to date/);

  await writeFile(file, "# mine");
  const refused = await runCli(["helper", folder]);
  expect(refused.code).toBe(1);
  expect(refused.stderr).toMatch(/differs from this version's; --force/);
  expect(await readFile(file, "utf8")).toBe("# mine");
  expect((await runCli(["helper", folder, "--force"])).code).toBe(0);
  expect(await readFile(file, "utf8")).toBe(await readFile(own, "utf8"));
});
