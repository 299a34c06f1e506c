import { verifyChecksums } from "../../checkpoint/checksum";
import { inspectCheckpoint } from "../../checkpoint/inspect";
import { openCheckpoint } from "../../checkpoint/open";
import { parse } from "../arguments";
import { terminalWidth } from "../terminal-width";
import { textInspection } from "../text-inspection";

/** `inspect`: the tensors of a checkpoint. */
export async function inspect(args: readonly string[]): Promise<number> {
  const { values, positionals } = parse(
    args,
    { json: { type: "boolean" }, verify: { type: "boolean" } },
    { names: ["FILE"] },
  );
  const checkpoint = await openCheckpoint(positionals[0] ?? "");
  try {
    const verified = values.verify ? { verified: await verifyChecksums(checkpoint) } : {};
    const inspection = { ...inspectCheckpoint(checkpoint), ...verified };
    process.stdout.write(
      values.json ? `${JSON.stringify(inspection)}\n` : textInspection(inspection, terminalWidth()),
    );
    return 0;
  } finally {
    await checkpoint.close();
  }
}
