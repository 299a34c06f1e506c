import { h, setText } from "../ui/dom";
import type { Part } from "./part";
import { phaseOf, type Phase } from "./status";

const WORDS: Record<Phase, readonly [string, string]> = {
  never: [
    "Nothing has run yet",
    "Run trains each network of this experiment and keeps its initial and its final weights. This page then shows how far each one moved.",
  ],
  running: [
    "No run has finished yet",
    "The first figures appear here as soon as one has; the map follows when all have ended.",
  ],
  paused: [
    "No run has finished yet",
    "The experiment is paused. Resume it to go on where it stopped.",
  ],
  cancelling: ["No run has finished", "The experiment is being cancelled."],
  analysing: [
    "Computing the figures",
    "All runs have finished; their distances are being measured.",
  ],
  stopped: [
    "No run has finished",
    "The experiment stopped before its end. Run it again: it goes on where it stopped.",
  ],
  failed: [
    "The experiment failed",
    "What went wrong stands above. Finished runs, if any, are kept: trying again goes on from there.",
  ],
  cancelled: [
    "No run has finished",
    "The experiment was cancelled. Run it again: it goes on where it stopped.",
  ],
  outdated: [
    "The results could not be computed anew",
    "They were written by another version of Weight Odometer. Compute again tries once more; nothing is trained.",
  ],
  incomplete: ["No run has finished", "Run the experiment to train its networks."],
  done: [
    "No results yet",
    "The runs have finished, but their figures are not there. Run the experiment again to compute them.",
  ],
};

const REMAKING: readonly [string, string] = [
  "Computing the results anew",
  "They were written by another version of Weight Odometer. Figures and maps are computed again from the finished runs, which may take a while; nothing is trained.",
];

/** Stands where the figures will be, and says what to do. */
export function emptyPart(): Part {
  const title = h("h2");
  const words = h("p");
  const failure = h("p", { class: "failure" });
  return {
    element: h("section", { class: "part empty" }, title, words, failure),
    update(view) {
      const { remaking } = view;
      const [heading, text] = remaking?.state === "working" ? REMAKING : WORDS[phaseOf(view)];
      setText(failure, remaking?.state === "failed" ? remaking.message : "");
      failure.hidden = failure.textContent === "";
      setText(title, heading);
      setText(words, text);
    },
  };
}
