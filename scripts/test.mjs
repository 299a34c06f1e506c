// npm test, or: node scripts/test.mjs STEP...
// Checks and tests everything that this machine can; its last line sums up the tests of all runners.
import { testSteps } from "./lib/test-steps.mjs";

const chosen = select(process.argv.slice(2));
/** @type {{ name: string, seconds: number, outcome: import("./lib/test-steps.mjs").Outcome }[]} */
const done = [];
for (const step of chosen) {
  console.log(`\n== ${step.name}`);
  const began = performance.now();
  const outcome = await take(step);
  if (outcome.failure !== undefined) console.error(`${step.name}: ${outcome.failure}`);
  done.push({ name: step.name, seconds: (performance.now() - began) / 1000, outcome });
}
process.exitCode = report();

/** The steps with these names and what they need, in their order; all where none is named. */
function select(names) {
  const unknown = names.filter((name) => !testSteps.some((step) => step.name === name));
  if (unknown.length > 0) {
    console.error(`No step is called ${unknown.join(", ")}; there are:`);
    console.error(testSteps.map(({ name }) => name).join(", "));
    process.exit(2);
  }
  if (names.length === 0) return testSteps;
  const wanted = new Set(names);
  // Backwards: what a step needs stands before it.
  for (const step of [...testSteps].reverse()) {
    if (wanted.has(step.name)) for (const name of step.needs) wanted.add(name);
  }
  return testSteps.filter(({ name }) => wanted.has(name));
}

async function take(step) {
  const lacking = done.find(
    ({ name, outcome }) => step.needs.includes(name) && !succeeded(outcome),
  );
  if (lacking !== undefined) return { notRun: `${lacking.name} failed` };
  try {
    return await step.run();
  } catch (error) {
    return { failure: error.message };
  }
}

function succeeded({ failure, notRun, counts }) {
  return failure === undefined && notRun === undefined && (counts?.failed ?? 0) === 0;
}

function describe({ failure, notRun, counts }) {
  if (failure !== undefined) return `FAILED: ${failure.split("\n")[0]}`;
  if (notRun !== undefined) return `NOT RUN: ${notRun}`;
  return counts === undefined ? "ok" : sum([counts]);
}

/** A step without tests that failed counts as one failure, so that the last line never looks better than it is. */
function report() {
  console.log("\n== summary");
  for (const { name, seconds, outcome } of done) {
    console.log(`${name.padEnd(15)} ${seconds.toFixed(1).padStart(7)} s  ${describe(outcome)}`);
  }
  const failure = { passed: 0, failed: 1, skipped: 0 };
  const counts = done.flatMap(({ outcome }) =>
    outcome.failure === undefined ? (outcome.counts ?? []) : failure,
  );
  console.log(sum(counts));
  return counts.some(({ failed }) => failed > 0) ? 1 : 0;
}

function sum(counts) {
  const total = (key) => counts.reduce((before, one) => before + one[key], 0);
  const line = `${total("passed")} passed, ${total("failed")} failed`;
  return total("skipped") > 0 ? `${line}, ${total("skipped")} skipped` : line;
}
