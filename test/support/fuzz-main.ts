import { parseArgs } from "node:util";
import { fuzzCases, fuzzFiles } from "./fuzz-cases";
import { fuzzOne } from "./fuzz-one";

/** Breaks files of one or all formats again and again: `npm run fuzz -- --format gguf --count 200000`. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      format: { type: "string" },
      count: { type: "string", default: "20000" },
      seed: { type: "string", default: "1" },
    },
  });
  const formats = values.format === undefined ? Object.keys(fuzzCases) : [values.format];
  for (const format of formats) await fuzzFormat(format, Number(values.count), Number(values.seed));
}

async function fuzzFormat(format: string, count: number, firstSeed: number): Promise<void> {
  if (!Object.hasOwn(fuzzCases, format))
    throw new Error(`no such format; there are ${Object.keys(fuzzCases).join(", ")}`);
  const files = fuzzFiles(format);
  const begun = performance.now();
  let opened = 0;
  for (let i = 0; i < count; i++) {
    const file = files[i % files.length];
    const seed = firstSeed + i;
    try {
      if (await fuzzOne(file, seed)) opened++;
    } catch (error) {
      console.error(`${format}: ${file.name} broken with seed ${seed} fails:`);
      throw error;
    }
  }
  const seconds = (performance.now() - begun) / 1000;
  const memory = Math.round(process.resourceUsage().maxRSS / 1024);
  console.log(
    `${format}: ${count} files in ${seconds.toFixed(1)} s, ${opened} of them opened; at most ${memory} MiB`,
  );
}

await main();
