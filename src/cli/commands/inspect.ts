import { inspectCheckpoint } from "../../checkpoint/inspect";
import { openCheckpoint } from "../../checkpoint/open";
import { parse } from "../arguments";
import { textTable } from "../text-table";

/** `inspect`: the tensors of a checkpoint. */
export async function inspect(args: readonly string[]): Promise<number> {
  const { values, positionals } = parse(args, { json: { type: "boolean" } }, { names: ["FILE"] });
  const checkpoint = await openCheckpoint(positionals[0] ?? "");
  try {
    const inspection = inspectCheckpoint(checkpoint);
    if (values.json) {
      process.stdout.write(`${JSON.stringify(inspection)}\n`);
      return 0;
    }
    const { file, format, tensors, parameters } = inspection;
    const rows = tensors.map(({ name, dtype, shape, parameters: own }) => [
      name,
      dtype,
      shape.join("x") || "scalar",
      String(own),
    ]);
    const total = ["total", "", "", String(parameters)];
    process.stdout.write(
      `${file}: ${format}\n\n${textTable([["tensor", "type", "shape", "parameters"], ...rows, total])}\n`,
    );
    return 0;
  } finally {
    await checkpoint.close();
  }
}
