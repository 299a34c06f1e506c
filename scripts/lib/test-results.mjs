// Counts from the JSON that Vitest and Mocha write.
import { readFile } from "node:fs/promises";

/**
 * @typedef {{ readonly passed: number, readonly failed: number, readonly skipped: number }} Counts
 */

/**
 * Vitest's JSON reporter. A file that did not load, or whose beforeAll failed, has no failed test: it counts as one.
 * @param {string} file
 * @returns {Promise<Counts>}
 */
export async function vitestCounts(file) {
  const results = JSON.parse(await readFile(file, "utf8"));
  const broken = results.testResults.filter(
    ({ status, assertionResults }) =>
      status === "failed" && !assertionResults.some((test) => test.status === "failed"),
  );
  return {
    passed: results.numPassedTests,
    failed: results.numFailedTests + broken.length,
    skipped: results.numPendingTests + results.numTodoTests,
  };
}

/**
 * Mocha's JSON reporter. A hook that failed is among the failures.
 * @param {string} file
 * @returns {Promise<Counts>}
 */
export async function mochaCounts(file) {
  const { stats, failures } = JSON.parse(await readFile(file, "utf8"));
  for (const { fullTitle, err } of failures) console.error(`${fullTitle}\n  ${err.stack}`);
  return { passed: stats.passes, failed: stats.failures, skipped: stats.pending };
}

/**
 * What a runner did, by its exit code and its results: a runner that crashed, or found nothing to run, has failed.
 * @param {number} code
 * @param {() => Promise<Counts>} read
 * @returns {Promise<Counts>}
 */
export async function judge(code, read) {
  let counts;
  try {
    counts = await read();
  } catch (error) {
    console.error(`No results: ${error.message}`);
    return { passed: 0, failed: 1, skipped: 0 };
  }
  const ran = counts.passed + counts.failed + counts.skipped;
  if (ran === 0) console.error("Not one test was found.");
  const crashed = counts.failed === 0 && (code !== 0 || ran === 0);
  return crashed ? { ...counts, failed: 1 } : counts;
}
