import * as vscode from "vscode";
import type { RoomShortage } from "../protocol/live";
import { bytesText, shortageText } from "../words/room-words";
import { changeExperimentFile } from "./change-experiment-file";
import { Disposables } from "./disposables";
import type { ExperimentStore } from "./experiment-store";
import type { Scheduling } from "./scheduling";
import type { WorkspaceExperiment } from "./workspace-experiment";

const goOn = "Run Anyway";
const keepFinal = "Keep Final Checkpoints Only";
const cancel = "Cancel Training";

/**
 * Asks what to do where runs to come may not fit on the disk: at once and in the way before the first run, in a
 * notification when some are finished. Whoever passes over that is asked again by Resume.
 */
export class RoomQuestions extends Disposables {
  /** Questions that were shown here, by their scheduler and what they are judged by. */
  private readonly shown = new Map<WorkspaceExperiment, string>();

  constructor(
    store: ExperimentStore,
    private readonly scheduling: Scheduling,
  ) {
    super();
    this.add(
      store.onDidChange((experiment) => {
        if (experiment) this.look(experiment);
      }),
    );
  }

  /** Asks again what was passed over. */
  askAgain(experiment: WorkspaceExperiment): void {
    if (!questionOf(experiment)) return;
    this.shown.delete(experiment);
    this.look(experiment);
  }

  private look(experiment: WorkspaceExperiment): void {
    const { snapshot } = experiment;
    const shortage = questionOf(experiment);
    if (!snapshot || !shortage) {
      this.shown.delete(experiment);
      return;
    }
    const name = `${snapshot.startedAt} ${shortage.basis}`;
    if (this.shown.get(experiment) === name) return;
    this.shown.set(experiment, name);
    void this.ask(experiment, shortage);
  }

  private async ask(experiment: WorkspaceExperiment, shortage: RoomShortage): Promise<void> {
    const before = shortage.basis === "weights";
    const { needIfFinal } = shortage;
    const text = `${experiment.name}: ${shortageText(shortage)}`;
    const detail =
      needIfFinal === null
        ? ""
        : ` Without checkpoints along the way they need about ${bytesText(needIfFinal)}.`;
    const choices = [goOn, ...(needIfFinal === null ? [] : [keepFinal])];
    const answer = before
      ? ((await vscode.window.showWarningMessage(
          text,
          { modal: true, detail: detail.trim() },
          ...choices,
        )) ?? cancel)
      : await vscode.window.showWarningMessage(`${text}${detail}`, ...choices, cancel);
    // Somebody else may have answered, or made room.
    if (answer === undefined || !questionOf(experiment)) return;
    if (answer === cancel) await this.scheduling.cancel(experiment);
    else if (answer === goOn) await this.scheduling.answer(experiment, "fill-disk");
    else {
      // The experiment's file says it from now on, too.
      await changeExperimentFile(experiment.uri, "keep", "final");
      await this.scheduling.answer(experiment, "keep-final");
    }
  }
}

function questionOf({ alive, snapshot }: WorkspaceExperiment): RoomShortage | null {
  return (alive && snapshot?.shortage) || null;
}
