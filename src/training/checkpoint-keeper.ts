import { rm } from "node:fs/promises";
import path from "node:path";
import { writeSafetensors } from "../checkpoint/write-safetensors";
import { automaticIntervals } from "../protocol/checkpoint-intervals";
import { checkpointName } from "../protocol/checkpoint-name";
import type { TrainingSettings } from "../protocol/trainer";
import type { NamedTensor } from "./engines/engine";

export interface RunLength {
  /** Steps that the run takes at most. */
  readonly steps: number;
  /** Of one pass over its images. */
  readonly perPass: number;
  /** Bytes of its weights. */
  readonly bytes: number;
}

/**
 * Keeps checkpoints along a run: each so many steps, or ("auto") at 20 equal intervals, fewer of large weights. A run that
 * trains until it fits has no length that is known: then intervals begin as shares of a pass, and whenever there are twice
 * too many, every other checkpoint goes and they last twice as long.
 */
export class CheckpointKeeper {
  /** Steps after which there is one, rising. */
  readonly kept: number[] = [];
  private every: number;
  private readonly most: number;

  constructor(
    private readonly directory: string,
    { checkpointEvery, stop }: Pick<TrainingSettings, "checkpointEvery" | "stop">,
    { steps, perPass, bytes }: RunLength,
  ) {
    const wanted = automaticIntervals(bytes);
    const length = stop === "fit" ? perPass : steps;
    const automatic = checkpointEvery === "auto";
    this.every = automatic ? Math.ceil(length / wanted) : (checkpointEvery ?? Infinity);
    this.most = automatic ? 2 * wanted : Infinity;
  }

  /** Writes a checkpoint where one is due. @param weights those after `step` */
  async after(step: number, weights: () => readonly NamedTensor[]): Promise<void> {
    if (step % this.every !== 0) return;
    await writeSafetensors(this.file(step), weights());
    this.kept.push(step);
    if (this.kept.length < this.most) return;
    this.every *= 2;
    for (const odd of this.kept.filter((kept) => kept % this.every !== 0))
      await rm(this.file(odd), { force: true });
    this.kept.splice(0, Infinity, ...this.kept.filter((kept) => kept % this.every === 0));
  }

  private file(step: number): string {
    return path.join(this.directory, checkpointName(step));
  }
}
