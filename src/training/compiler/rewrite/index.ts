import type { Program } from "../ir";
import { fuseBias, fuseRelu } from "./fuse";
import { ProgramEditor, type Rule } from "./program-editor";
import { reluMaskBelowUnpooling, reluMaskFromOutput, sumBeforeUnpooling } from "./relu-gradient";
import { simplify } from "./simplify";

/** In order: each relies on what those before it left. */
const rules: readonly Rule[] = [
  simplify,
  reluMaskFromOutput,
  reluMaskBelowUnpooling,
  sumBeforeUnpooling,
  fuseBias,
  fuseRelu,
];

/** Rewrites a program into an equal one that lowers to faster operators. */
export function rewrite(program: Program): Program {
  return rules.reduce((current, rule) => new ProgramEditor(current).apply(rule), program);
}
