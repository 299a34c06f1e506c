// What VS Code starts in its extension host: runs every test of this folder under Mocha.
import type Mocha from "mocha";

/** The tests' bundle, beside this one: scripts/lib/extension-host-bundle.mjs makes both. */
const tests = "./tests.js";

/** VS Code calls it, and ends with code 1 where it rejects. */
export async function run(): Promise<void> {
  const output = process.env["WEIGHT_ODOMETER_MOCHA_RESULTS"];
  if (output === undefined) throw new Error("Nobody said where the results go.");
  const { default: MochaRunner } = (await import("mocha")) as unknown as { default: typeof Mocha };
  const mocha = new MochaRunner({
    ui: "bdd",
    timeout: 30_000,
    forbidOnly: process.env["CI"] !== undefined,
    reporter: "json",
    reporterOptions: { output },
  });
  // The tests register as they load; Mocha would load files by ways that do not know the module "vscode".
  mocha.suite.emit("pre-require", globalThis, "", mocha);
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- bundled apart, loaded after Mocha's globals exist
  require(tests);
  const failures = await new Promise<number>((resolve) => {
    mocha.run(resolve);
  });
  if (failures > 0) throw new Error(`${failures} tests failed.`);
}
