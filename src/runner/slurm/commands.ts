import { spawn } from "node:child_process";
import { once } from "node:events";
import { userEnvironment } from "../user-environment";

const timeoutMs = 120_000;

/** What Slurm refused, in its own words. */
export class SlurmError extends Error {}

/**
 * Runs one of Slurm's commands, without a shell, and returns what it prints.
 * @param input what it reads on its standard input
 * @throws SlurmError with its own words where it fails
 */
export async function slurm(
  command: "sbatch" | "squeue" | "scancel" | "scontrol",
  args: readonly string[],
  input = "",
): Promise<string> {
  const child = spawn(command, args, {
    // Times as seconds since the epoch, lists of array tasks in full.
    env: { ...userEnvironment(), SLURM_TIME_FORMAT: "%s", SLURM_BITSTR_LEN: "0" },
    stdio: ["pipe", "pipe", "pipe"],
    timeout: timeoutMs,
  });
  let [output, words] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (text: string) => (output += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (words += text));
  // A command that ends without reading closes its input: its exit tells more.
  child.stdin.on("error", () => undefined).end(input);
  const [code] = (await once(child, "close").catch((error: unknown) => {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new SlurmError(
      code === "ENOENT"
        ? `There is no ${command} on this machine: submit from a login node of the cluster.`
        : message,
    );
  })) as [number | null];
  if (code === 0) return output;
  const said = words.trim() || output.trim() || `it ended with code ${code ?? "none"}`;
  throw new SlurmError(`Slurm says: ${said.replace(/^\w+: (error|fatal): /gm, "")}`);
}

/** Highest number of tasks in one job array here. */
export async function largestArray(): Promise<number> {
  const configuration = await slurm("scontrol", ["show", "config"]);
  const size = Number(/^MaxArraySize\s*=\s*(\d+)/m.exec(configuration)?.[1]);
  if (!(size >= 2)) throw new SlurmError("This Slurm allows no job arrays (MaxArraySize).");
  // MaxArraySize itself is one more than the highest index.
  return size - 1;
}
