import { fork, type ChildProcess } from "node:child_process";
import type { TensorComparison } from "../protocol/comparison";
import type { TensorSpectrum } from "../protocol/spectrum";
import type { SpectrumAnswer, SpectrumRequest, SpectrumTask } from "./worker";

/** A process that computes spectra, one after the other. */
export class SpectrumProcess {
  private readonly child: ChildProcess;

  /** @param program a script and its arguments that call serveSpectra */
  constructor([script, ...args]: readonly [string, ...string[]], task: SpectrumTask) {
    this.child = fork(script, args, { stdio: ["ignore", "ignore", "inherit", "ipc"] });
    // A broken channel shows itself by the process's end.
    this.child.on("error", () => undefined);
    this.child.send(task);
  }

  /** @throws Error where it fails, or the process ends */
  spectrum(tensor: TensorComparison): Promise<TensorSpectrum> {
    const request: SpectrumRequest = tensor;
    return new Promise((resolve, reject) => {
      const settle = (act: () => void) => {
        this.child.off("message", onMessage);
        this.child.off("exit", onExit);
        act();
      };
      const onMessage = (answer: SpectrumAnswer) => {
        settle(() => {
          if ("spectrum" in answer) resolve(answer.spectrum);
          else reject(new Error(answer.error.message));
        });
      };
      const onExit = (code: number | null, signal: string | null) => {
        settle(() => {
          reject(
            new Error(`the process computing ${request.name} ended (${signal ?? code ?? ""})`),
          );
        });
      };
      this.child.on("message", onMessage);
      this.child.once("exit", onExit);
      if (this.child.exitCode !== null || this.child.signalCode !== null)
        onExit(this.child.exitCode, this.child.signalCode);
      else this.child.send(request);
    });
  }

  end(): void {
    if (this.child.connected) this.child.disconnect();
  }
}
