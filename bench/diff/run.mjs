// Time of comparing two safetensors files of 1 GiB beside the peers', warm page cache, medians of several repetitions:
//   npm run bench -- diff [--json] [--repetitions 7] [--no-modeldelta]
// The peers' Python packages are installed on first use (3 GB), the files written (6 GiB), both under .cache/. Ours
// computes every figure, safetensors + PyTorch the L2 distance alone; both are timed within their processes. Of
// modeldelta, which always computes spectra, the command is timed, once: on the float32 files, beside our comparison
// without spectra, and on changes of full rank, beside our command with --spectrum.
import { spawnSync } from "node:child_process";
import { loadavg } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { cache, root } from "../../scripts/lib/paths.mjs";
import { peersPython } from "../peers/environment.mjs";
import { ownPrograms } from "./own.mjs";
import { filePair, spectrumPair } from "./pairs.mjs";

const { values: options } = parseArgs({
  options: {
    json: { type: "boolean", default: false },
    repetitions: { type: "string", default: "7" },
    modeldelta: { type: "boolean", default: true },
  },
  allowNegative: true,
});
const folder = path.join(cache, "bench/diff");
const read = path.join(root, "bench/diff/read.mjs");
const note = (text) => console.error(text);

/** Runs a program that prints JSON last. */
function timed(command, args) {
  const { status, stdout, error } = spawnSync(command, [...args, options.repetitions], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  });
  if (status !== 0) throw new Error(`${command} ${args[0]} failed: ${error ?? status}`);
  return JSON.parse(stdout.trim().split("\n").at(-1));
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Medians in seconds of ours, bare reading and PyTorch on one pair. The first reading brings the files into memory. */
function compareOn(dtype, own, python) {
  const files = filePair(folder, dtype);
  timed(process.execPath, [read, ...files]);
  const seconds = (command, ...args) => median(timed(command, [...args, ...files]).seconds);
  const torch = path.join(root, "bench/peers/safetensors_torch.py");
  return {
    ours: seconds(process.execPath, own),
    read: seconds(process.execPath, read),
    torch: seconds(python, torch),
  };
}

/** Seconds of a command as a whole process; null where it fails, so that the other figures are not lost. */
function whole(command, args) {
  const start = performance.now();
  const { status, signal } = spawnSync(command, args, {
    stdio: ["ignore", "ignore", "ignore"],
    env: { ...process.env, HF_HUB_OFFLINE: "1" },
  });
  if (status === 0) return (performance.now() - start) / 1000;
  note(`${path.basename(command)} ${args[0]} ${args[1]} failed: ${signal ?? status}.`);
  return null;
}

function modeldelta(python, [a, b]) {
  return whole(python, ["-m", "modeldelta", path.dirname(a), path.dirname(b), "--quiet"]);
}

function table({ seconds, ratios, load }) {
  const rows = Object.entries(seconds).flatMap(([dtype, times]) =>
    Object.entries(times).flatMap(([who, time]) =>
      time === null ? [] : [[dtype, who, `${time.toFixed(3)} s`, `${(2 / time).toFixed(2)} GiB/s`]],
    ),
  );
  const lines = rows.map((row) =>
    row
      .map((cell) => cell.padEnd(12))
      .join("")
      .trimEnd(),
  );
  const words = Object.entries(ratios).map(([name, ratio]) => `${name} ${ratio.toFixed(2)}`);
  return `${lines.join("\n")}\n\nTheir time over ours: ${words.join(", ")} (load average before: ${load.toFixed(1)})`;
}

note("Preparing files, packages and our bundles.");
const python = peersPython();
const own = await ownPrograms(path.join(folder, "bundles"));
const load = loadavg()[0];
const seconds = {
  float32: compareOn("F32", own.compare, python),
  bfloat16: compareOn("BF16", own.compare, python),
};
const files = spectrumPair(folder);
timed(process.execPath, [read, ...files]);
seconds.spectrum = { ours: whole(process.execPath, [own.cli, "diff", "--spectrum", ...files]) };
if (options.modeldelta) {
  note("Running modeldelta twice; this takes minutes.");
  seconds.float32.modeldelta = modeldelta(python, filePair(folder, "F32"));
  seconds.spectrum.modeldelta = modeldelta(python, files);
}
const { float32, bfloat16, spectrum } = seconds;
const ratios = {
  float32: float32.torch / float32.ours,
  bf16: bfloat16.torch / bfloat16.ours,
  ...over("modeldelta", float32),
  ...over("spectrum", spectrum),
  read: float32.read / float32.ours,
  readBf16: bfloat16.read / bfloat16.ours,
};

/** modeldelta's time over ours, where both are known. */
function over(name, { modeldelta: theirs, ours }) {
  return theirs && ours ? { [name]: theirs / ours } : {};
}

const result = { ratios, seconds, bytes: 2 ** 31, load };
console.log(options.json ? JSON.stringify(result) : table(result));
