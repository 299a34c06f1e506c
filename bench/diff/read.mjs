// Times merely reading two files, in as many threads and in blocks as large as the comparison: A B REPETITIONS.
// Threads are started before the clock is.
import { closeSync, openSync, readSync, statSync } from "node:fs";
import { availableParallelism } from "node:os";
import { Worker, isMainThread, parentPort, workerData } from "node:worker_threads";

const BLOCK = 2 ** 18;

function readRanges({ files, share, shares }) {
  const buffers = files.map(() => new Uint8Array(BLOCK));
  const descriptors = files.map((file) => openSync(file, "r"));
  const end = Math.max(...files.map((file) => statSync(file).size));
  for (let position = share * BLOCK; position < end; position += shares * BLOCK)
    files.forEach((_, i) => readSync(descriptors[i], buffers[i], 0, BLOCK, position));
  descriptors.forEach(closeSync);
}

async function main([first, second, repetitions]) {
  const shares = availableParallelism();
  const workers = Array.from(
    { length: shares },
    (_, share) =>
      new Worker(new URL(import.meta.url), {
        workerData: { files: [first, second], share, shares },
      }),
  );
  const round = (message) =>
    Promise.all(
      workers.map(
        (worker) =>
          new Promise((resolve) => {
            worker.once("message", resolve);
            worker.postMessage(message);
          }),
      ),
    );
  await round("ready");
  const seconds = [];
  for (let i = 0; i < Number(repetitions); i++) {
    const start = performance.now();
    await round("read");
    seconds.push((performance.now() - start) / 1000);
  }
  console.log(JSON.stringify({ seconds }));
  await Promise.all(workers.map((worker) => worker.terminate()));
}

if (isMainThread) await main(process.argv.slice(2));
else
  parentPort.on("message", (message) => {
    if (message === "read") readRanges(workerData);
    parentPort.postMessage("done");
  });
