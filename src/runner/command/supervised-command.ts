import { fork, type ChildProcess } from "node:child_process";
import { thisProcess, type ProcessOwner } from "../../experiment/process-owner";
import { endTree, type ProcessTree } from "./process-tree";
import type { CommandStart, SupervisorMessage, SupervisorRequest } from "./supervision";

/** How a command ended. */
export type CommandEnd =
  | Extract<SupervisorMessage, { type: "ended" | "refused" }>
  /** Its supervisor died: a crash, or kill. What it watched over was ended. */
  | { readonly type: "lost" };

/** A command under way, with the process that watches over it. */
export class SupervisedCommand {
  private readonly supervisor: ChildProcess;
  private tree: ProcessTree | null = null;
  readonly ended: Promise<CommandEnd>;

  /** @param script the supervisor's bundle */
  constructor(script: string, start: CommandStart) {
    this.supervisor = fork(script, {
      env: { ...process.env, ELECTRON_RUN_AS_NODE: "1" },
      stdio: ["ignore", "ignore", "ignore", "ipc"],
    });
    const told = new Promise<CommandEnd>((resolve) => {
      this.supervisor.on("message", (message: SupervisorMessage) => {
        if (message.type === "started") this.tree = { pid: message.pid, mark: start.mark };
        else resolve(message);
      });
    });
    const gone = new Promise<CommandEnd>((resolve) => {
      const lost = () => {
        const { tree } = this;
        void (tree ? endTree(tree) : Promise.resolve()).then(() => {
          resolve({ type: "lost" });
        });
      };
      this.supervisor.on("exit", lost);
      this.supervisor.on("error", lost);
    });
    this.ended = Promise.race([told, gone]).finally(() => {
      this.tell({ type: "stop" });
    });
    this.tell(start);
  }

  /** Names the supervisor, so that nobody goes on in its folder before it has ended. */
  get owner(): ProcessOwner | null {
    const { pid } = this.supervisor;
    return pid === undefined ? null : { ...thisProcess(), pid, started: "0" };
  }

  tell(request: SupervisorRequest): void {
    if (this.supervisor.connected) this.supervisor.send(request, () => undefined);
  }

  /** Ends it, and waits until it is gone. */
  async stop(): Promise<void> {
    this.tell({ type: "stop" });
    await this.ended;
  }
}
