import { afterAll, beforeAll, beforeEach, onTestFailed } from "vitest";
import type { SessionOptions } from "./session";
import { Workbench } from "./workbench";

/**
 * One VS Code for all tests of a file (or a describe block): opened before the first, closed after the
 * last whatever happens. Where a test fails, the window's picture is kept under the test's name.
 */
export function useWorkbench(options: SessionOptions = {}): () => Workbench {
  let workbench: Workbench | undefined;
  const current = (): Workbench => {
    if (!workbench) throw new Error("VS Code is open only while tests run.");
    return workbench;
  };
  beforeAll(async () => {
    workbench = await Workbench.open(options);
  });
  beforeEach(({ task }) => {
    onTestFailed(async () => {
      await current().screenshot(`failed ${task.name}`.replaceAll(/[^\w]+/g, "-"));
    });
  });
  afterAll(async () => {
    await workbench?.close();
    workbench = undefined;
  });
  return current;
}
