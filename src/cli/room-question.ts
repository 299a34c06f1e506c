import { createInterface } from "node:readline/promises";
import type { ExperimentDirectory } from "../experiment/experiment-directory";
import type { RoomShortage } from "../protocol/live";
import { makeRequest, type Request } from "../runner/requests";
import { bytesText, shortageText } from "../words/room-words";

/** Asks at the terminal what to do where runs to come may not fit on the disk, and passes the answer on. */
export class RoomQuestion {
  private open: AbortController | null = null;
  private answered = false;

  constructor(private readonly directory: ExperimentDirectory) {}

  get isAsking(): boolean {
    return this.open !== null;
  }

  /** What there is to be asked now; null for nothing: somebody else may have answered. */
  show(shortage: RoomShortage | null): void {
    if (!shortage) {
      this.answered = false;
      this.open?.abort();
    } else if (!this.open && !this.answered) void this.ask(shortage);
  }

  private async ask(shortage: RoomShortage): Promise<void> {
    const open = new AbortController();
    this.open = open;
    const terminal = createInterface({ input: process.stdin, output: process.stderr });
    // Ctrl+C is for the whole program, as without the question.
    terminal.on("SIGINT", () => process.emit("SIGINT"));
    try {
      let request: Request | null = null;
      while (request === null) {
        const prompt = `\n${questionText(shortage)} `;
        request = answerOf(await terminal.question(prompt, { signal: open.signal }), shortage);
      }
      await makeRequest(this.directory, request);
      this.answered = true;
    } catch (error) {
      if (!open.signal.aborted) throw error;
    } finally {
      terminal.close();
      this.open = null;
    }
  }
}

/** The question with its answers. */
export function questionText(shortage: RoomShortage): string {
  const { needIfFinal } = shortage;
  const keep =
    needIfFinal === null
      ? ""
      : `k: keep first and last weights only (about ${bytesText(needIfFinal)}); `;
  return `${shortageText(shortage)}\ng: go on as far as it goes; ${keep}c: cancel.`;
}

/** Null for what is no answer. */
export function answerOf(line: string, { needIfFinal }: RoomShortage): Request | null {
  switch (line.trim().toLowerCase()) {
    case "g":
      return "fill-disk";
    case "k":
      return needIfFinal === null ? null : "keep-final";
    case "c":
      return "cancel";
    default:
      return null;
  }
}
