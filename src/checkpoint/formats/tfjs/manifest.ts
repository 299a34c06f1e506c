import { z } from "zod";

const wholeNumber = z.number().int().nonnegative();

/** A weight of the manifest (tfjs-core, io/types.ts: WeightsManifestEntry). */
const weight = z.object({
  name: z.string(),
  shape: z.array(wholeNumber).max(64),
  dtype: z.enum(["float32", "int32", "bool", "complex64", "string", "float16", "uint8", "uint16"]),
  group: z.enum(["model", "optimizer"]).optional(),
  quantization: z
    .object({
      dtype: z.enum(["uint8", "uint16", "float16"]),
      scale: z.number().optional(),
      min: z.number().optional(),
    })
    .optional(),
});

/** What of a model.json concerns its weights. A group's files are one stream of bytes, which its weights fill. */
const modelJson = z.object({
  format: z.string().optional(),
  generatedBy: z.string().nullish(),
  convertedBy: z.string().nullish(),
  weightsManifest: z
    .array(z.object({ paths: z.array(z.string()).max(100_000), weights: z.array(weight) }))
    .max(100_000),
});

export type ModelJson = z.infer<typeof modelJson>;
export type ManifestWeight = z.infer<typeof weight>;

/** Null and a reason where the text is no model.json. */
export function parseModelJson(text: string): { model: ModelJson } | { reason: string } {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { reason: "not valid JSON" };
  }
  const { data, error } = modelJson.safeParse(json);
  if (data) return { model: data };
  const [issue] = error.issues;
  return {
    reason: `${issue.path.slice(0, 8).join(".").slice(0, 100)}: ${issue.message.slice(0, 200)}`,
  };
}
