/** File name of a checkpoint of a built-in training after so many steps: names sort as steps do. */
export function checkpointName(step: number): string {
  return `step-${String(step).padStart(8, "0")}.safetensors`;
}
