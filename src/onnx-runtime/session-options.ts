import type { InferenceSession } from "onnxruntime-node";

/** One operator at a time on the CPU, on `threads` threads. */
export function sessionOptions(threads: number): InferenceSession.SessionOptions {
  return {
    executionProviders: ["cpu"],
    executionMode: "sequential",
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    graphOptimizationLevel: "all",
    // A plan of all memory saves no time, and its one large piece comes on top of the first run's.
    enableMemPattern: false,
    // Threads that wait for the next run would take the processor from what is done in between.
    extra: { session: { force_spinning_stop: "1" } },
    logSeverityLevel: 3,
  };
}
