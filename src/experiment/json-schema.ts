import { z } from "zod";
import { experimentSchema } from "./experiment";

/** JSON schema of the experiment file, for the editor's completion, hover and checks. */
export function experimentJsonSchema(): string {
  const schema = z.toJSONSchema(experimentSchema, { target: "draft-7", io: "input" });
  return `${JSON.stringify({ ...schema, allowComments: true, allowTrailingCommas: true }, null, 2)}\n`;
}
