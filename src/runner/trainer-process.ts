import { spawn, type ChildProcess } from "node:child_process";
import type {
  EngineChoice,
  EngineDescription,
  TrainerMessage,
  TrainerRequest,
  TrainingSettings,
} from "../protocol/trainer";
import type { RunSettings } from "../protocol/run";
import { trainerEnvironment } from "./trainer-environment";
import type { RunProgress, StartTrainer, Trainer, TrainingEnd, TrainingRequest } from "./trainer";

/** Trainers of built-in models: processes that run a script of ours and compute with `engine`. */
export function trainerProcesses(script: string, engine: EngineChoice): StartTrainer {
  return (settings, { labelKinds }) =>
    TrainerProcess.start(script, engine, builtIn(settings), labelKinds);
}

function builtIn(settings: RunSettings): TrainingSettings {
  if (settings.kind === "command") throw new TypeError("A command is no built-in model.");
  return settings;
}

/**
 * One trainer process: single-threaded, a child in the scheduler's process group. It exits when this
 * process does, however that ends, because its channel closes.
 */
class TrainerProcess implements Trainer {
  private readonly child: ChildProcess;
  /** Equal seeds give equal bytes: it begins anew, in an empty folder. */
  readonly resumes = false;
  private lastWords = "";
  private receive: (message: TrainerMessage) => void = () => undefined;
  private readonly exited: Promise<string>;

  private constructor(script: string) {
    this.child = spawn(process.execPath, [script], {
      env: trainerEnvironment(),
      stdio: ["ignore", "ignore", "pipe", "ipc"],
    });
    this.child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      this.lastWords = (this.lastWords + text).slice(-2000);
    });
    this.child.on("message", (message) => {
      this.receive(message as TrainerMessage);
    });
    this.exited = new Promise((resolve) => {
      this.child.on("error", (error) => {
        resolve(`The trainer could not be started: ${error.message}`);
      });
      this.child.on("exit", (code, signal) => {
        resolve(
          `The trainer ended with ${signal ?? `exit code ${code}`}. ${this.lastWords}`.trim(),
        );
      });
    });
  }

  /**
   * Starts a trainer and compiles its model.
   * @throws Error with the trainer's own words where it cannot.
   */
  static async start(
    script: string,
    choice: EngineChoice,
    settings: TrainingSettings,
    labelKinds: number,
  ): Promise<{ trainer: TrainerProcess; engine: EngineDescription; weightBytes: number }> {
    const trainer = new TrainerProcess(script);
    const answer = await trainer.ask(
      { type: "prepare", engine: choice, settings, labelKinds },
      (message) => (message.type === "ready" || message.type === "failed" ? message : null),
    );
    if (answer.type === "ready") {
      const { engine, weightBytes } = answer;
      return { trainer, engine, weightBytes };
    }
    await trainer.stop();
    throw new Error(answer.message);
  }

  /** Trains one run; resolves when it has ended, however. */
  train(
    { settings, seeds, data, directory }: TrainingRequest,
    onProgress: (progress: RunProgress) => void,
  ): Promise<TrainingEnd> {
    const { labelKinds } = data;
    const request = { settings: builtIn(settings), labelKinds, seeds, data, directory };
    return this.ask({ type: "train", ...request }, (message) => {
      if (message.type === "progress") onProgress(message);
      return message.type === "finished" || message.type === "failed" ? message : null;
    });
  }

  tell(request: Extract<TrainerRequest, { type: "pause" | "resume" }>): void {
    if (this.child.connected) this.child.send(request);
  }

  /** Ends the process and waits until it is gone. */
  async stop(): Promise<void> {
    this.child.kill("SIGKILL");
    await this.exited;
  }

  private ask<Answer>(
    request: TrainerRequest,
    take: (message: TrainerMessage) => Answer | null,
  ): Promise<Answer | Extract<TrainingEnd, { type: "died" }>> {
    const answered = new Promise<Answer>((resolve) => {
      this.receive = (message) => {
        const answer = take(message);
        if (answer !== null) resolve(answer);
      };
    });
    // A send to a dead process fails; its exit is what tells why.
    if (this.child.connected) this.child.send(request, () => undefined);
    return Promise.race([
      answered,
      this.exited.then((message) => ({ type: "died" as const, message })),
    ]);
  }
}
