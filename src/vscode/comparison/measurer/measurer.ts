import { spawn, type ChildProcess } from "node:child_process";
import path from "node:path";
import {
  isRpcMessage,
  RpcError,
  type Answer,
  type Argument,
  type Failure,
} from "../../../protocol/rpc";
import { RpcClient, type CallOptions } from "../../../protocol/rpc-client";
import { Deadline } from "../../../reader/deadline";
import type { MeasurerApi } from "./measurer-api";

/** Milliseconds without progress after which a hostile file is taken to have hung the process. */
const SILENCE = 180_000;
/** Characters of the process' last words that are kept. */
const LAST_WORDS = 2000;

/**
 * Measures in a child process: one that dies or is hung up by a hostile file costs its own calls and nothing else. It is
 * started at the first call, and anew at the next one after it died.
 */
export class Measurer {
  private child: ChildProcess | null = null;
  private disposed = false;
  private readonly rpc = new RpcClient<MeasurerApi>((message) => {
    if (this.child?.connected) this.child.send(message);
  });

  /**
   * @param script the bundle; beside the calling one where it is not given
   */
  constructor(private readonly script = path.join(__dirname, "measurer.js")) {}

  /**
   * A call that is cancelled takes the process with it: work between two checks of a signal may be long. One that gives
   * no sign of life for minutes is ended, unless it is said to wait for what may never come.
   * @throws RpcError
   */
  async call<K extends keyof MeasurerApi>(
    method: K,
    argument: Argument<MeasurerApi, K>,
    options: CallOptions & { readonly endless?: boolean } = {},
  ): Promise<Answer<MeasurerApi, K>> {
    if (this.disposed) throw new RpcError(ended("the measurement was closed"));
    this.child ??= this.start();
    const deadline = new Deadline(SILENCE, () => {
      if (!options.endless) this.end(ended(`no progress for ${SILENCE / 1000} s`));
    });
    const onProgress = (share: number): void => {
      deadline.extend();
      options.onProgress?.(share);
    };
    try {
      return await this.rpc.call(method, argument, { signal: options.signal, onProgress });
    } finally {
      deadline.clear();
      if (options.signal?.aborted && this.rpc.waiting === 0) this.end(ended("cancelled"));
    }
  }

  /** Ends the process where nothing waits for it; the next call starts another. */
  rest(): void {
    if (this.rpc.waiting === 0) this.end(ended("nothing is measured"));
  }

  /** Ends the process and all that waits for it. */
  dispose(): void {
    this.disposed = true;
    this.end(ended("the measurement was closed"));
  }

  private start(): ChildProcess {
    const child = spawn(process.execPath, [this.script], {
      stdio: ["ignore", "ignore", "pipe", "ipc"],
      serialization: "advanced",
      windowsHide: true,
      env: { ...process.env, ELECTRON_RUN_AS_NODE: "1" },
    });
    let words = "";
    child.stderr?.on("data", (text: Buffer) => {
      words = (words + text.toString()).slice(-LAST_WORDS);
    });
    child.on("message", (message: unknown) => {
      if (child === this.child && isRpcMessage(message)) this.rpc.receive(message);
    });
    child.on("error", (error) => {
      if (child === this.child) this.end(ended(`measuring could not start: ${error.message}`));
    });
    child.on("exit", (code, signal) => {
      if (child === this.child) this.end(ended(lastWords(words, code, signal)));
    });
    return child;
  }

  private end(failure: Failure): void {
    const child = this.child;
    this.child = null;
    this.rpc.fail(failure);
    child?.kill("SIGKILL");
  }
}

function lastWords(words: string, code: number | null, signal: string | null): string {
  if (/heap out of memory/.test(words)) return "measuring ran out of memory";
  const how = signal === null ? `code ${code ?? "unknown"}` : signal;
  const message = /^\w*Error: .*$/m.exec(words)?.[0];
  return `measuring ended early (${how})${message === undefined ? "" : `: ${message}`}`;
}

function ended(reason: string): Failure {
  return { kind: "ended", reason, file: null, offset: null };
}
