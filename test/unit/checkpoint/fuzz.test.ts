import fc from "fast-check";
import { expect, it } from "vitest";
import { fuzzCases, fuzzFiles } from "../../support/fuzz-cases";
import { fuzzOne } from "../../support/fuzz-one";

/** For each format; `npm run fuzz` tries many more. */
const FILES = 3000;

it.each(Object.keys(fuzzCases))("survives thousands of broken files of %s", async (format) => {
  const files = fuzzFiles(format);
  let opened = 0;
  await fc.assert(
    fc.asyncProperty(fc.nat(files.length - 1), fc.noBias(fc.nat(2 ** 31)), async (i, seed) => {
      if (await fuzzOne(files[i], seed)) opened++;
    }),
    { numRuns: FILES, seed: 23 },
  );
  // Neither does everything pass nor is everything refused at once.
  expect(opened).toBeGreaterThan(FILES / 100);
  expect(opened).toBeLessThan(FILES);
});
