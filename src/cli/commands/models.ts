import { models as builtIn } from "../../catalogue/models";
import { parse } from "../arguments";
import { textModels } from "../text-models";

/** `models`: the built-in models with Table 1's settings. */
export function models(args: readonly string[]): Promise<number> {
  const { values } = parse(args, { json: { type: "boolean" } }, { names: [] });
  process.stdout.write(
    values.json ? `${JSON.stringify({ models: builtIn })}\n` : textModels(builtIn),
  );
  return Promise.resolve(0);
}
