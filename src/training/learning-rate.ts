import type { LearningRateSchedule } from "../protocol/trainer";

/**
 * The learning rate of a step.
 * @param step of the whole run, from 0
 * @param learningRate of the first step
 * @param stepsPerEpoch what makes epochs of steps
 */
export function learningRateAt(
  step: number,
  learningRate: number,
  schedule: LearningRateSchedule,
  stepsPerEpoch: number,
): number {
  switch (schedule.name) {
    case "constant":
      return learningRate;
    case "exponential": {
      const times = progress(step, schedule.unit, stepsPerEpoch) / schedule.every;
      return learningRate * schedule.factor ** (schedule.staircase ? Math.floor(times) : times);
    }
    case "step": {
      const now = progress(step, schedule.unit, stepsPerEpoch);
      return learningRate * schedule.factor ** schedule.at.filter((time) => time <= now).length;
    }
  }
}

/** Epochs or steps that are over before a step. */
function progress(step: number, unit: "epochs" | "steps", stepsPerEpoch: number): number {
  return unit === "steps" ? step : step / stepsPerEpoch;
}
