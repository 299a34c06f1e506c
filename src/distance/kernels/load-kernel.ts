import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";

/** A compiled kernel and the bundle of the workers that run it. */
export interface LoadedKernel {
  readonly module: WebAssembly.Module;
  readonly worker: string;
}

let loading: Promise<LoadedKernel | null> | null = null;

/**
 * The kernel beside this bundle, compiled once a process; null from source, where there is none, and on a processor
 * without the vector instructions that it needs.
 */
export function loadKernel(): Promise<LoadedKernel | null> {
  return (loading ??= load());
}

async function load(): Promise<LoadedKernel | null> {
  const worker = path.join(__dirname, "distance-worker.js");
  const file = path.join(__dirname, "distance-kernel.wasm");
  if (!existsSync(worker) || !existsSync(file)) return null;
  try {
    return { module: await WebAssembly.compile(await readFile(file)), worker };
  } catch (error) {
    if (error instanceof WebAssembly.CompileError) return null;
    throw error;
  }
}
