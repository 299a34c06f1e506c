import type { Program } from "../ir";
import { channelwise } from "./channelwise";
import { commonSubexpressions } from "./common-subexpressions";
import { foldAffine } from "./fold-affine";
import { fuseActivation, fuseBias } from "./fuse";
import { ProgramEditor, type Rule } from "./program-editor";
import {
  leakyReluGradient,
  reluMaskBelowUnpooling,
  reluMaskFromOutput,
  sumBeforeUnpooling,
} from "./relu-gradient";
import { simplify } from "./simplify";

/** In order: each relies on what those before it left. */
const rules: readonly (() => Rule)[] = [
  () => simplify,
  commonSubexpressions,
  () => leakyReluGradient,
  () => reluMaskFromOutput,
  () => reluMaskBelowUnpooling,
  () => sumBeforeUnpooling,
  () => fuseBias,
  () => fuseActivation,
  () => channelwise,
  commonSubexpressions,
  () => foldAffine,
  commonSubexpressions,
  () => fuseActivation,
];

/** Rewrites a program into an equal one that lowers to faster operators. */
export function rewrite(program: Program): Program {
  return rules.reduce((current, rule) => new ProgramEditor(current).apply(rule()), program);
}
