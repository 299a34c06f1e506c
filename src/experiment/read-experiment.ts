import {
  findNodeAtLocation,
  parseTree,
  printParseErrorCode,
  type Node,
  type ParseError,
} from "jsonc-parser";
import type { z } from "zod";
import { experimentSchema, type ExperimentFile } from "./experiment";

/** Something wrong in an experiment file, with its place in the text (in UTF-16 units). */
export interface ExperimentProblem {
  readonly message: string;
  readonly offset: number;
  readonly length: number;
  /** Whether the JSON schema cannot tell it: how settings fit together. */
  readonly beyondSchema: boolean;
}

export type ReadExperiment =
  | { readonly ok: true; readonly experiment: ExperimentFile }
  | { readonly ok: false; readonly problems: readonly ExperimentProblem[] };

/** Reads an experiment file's text: JSON with comments and trailing commas. Each problem is told at its place. */
export function readExperiment(text: string): ReadExperiment {
  const errors: ParseError[] = [];
  const tree = parseTree(text, errors, { allowTrailingComma: true });
  if (errors.length > 0 || !tree) return { ok: false, problems: syntaxProblems(errors) };
  const checked = experimentSchema.safeParse(valueOf(tree));
  if (checked.success) return { ok: true, experiment: checked.data };
  const issues = checked.error.issues.flatMap(meantIssues);
  return { ok: false, problems: issues.map((issue) => problemAt(tree, issue)) };
}

/** One line for each problem of a file: `name:line:column: message`. */
export function describeProblems(
  file: string,
  text: string,
  problems: readonly ExperimentProblem[],
): string {
  return problems
    .map(({ message, offset }) => {
      const before = text.slice(0, offset).split("\n");
      return `${file}:${before.length}:${(before.at(-1)?.length ?? 0) + 1}: ${message}`;
    })
    .join("\n");
}

function syntaxProblems(errors: readonly ParseError[]): ExperimentProblem[] {
  if (errors.length === 0)
    return [{ message: "The file is empty.", offset: 0, length: 1, beyondSchema: false }];
  return errors.map(({ error, offset, length }) => {
    const words = printParseErrorCode(error)
      .replace(/([a-z])([A-Z])/g, "$1 $2")
      .toLowerCase();
    return {
      message: `Not JSON here: ${words}.`,
      offset,
      length: Math.max(1, length),
      beyondSchema: false,
    };
  });
}

/** A node's value. Plain assignment would let a key named __proto__ change the object, so entries are defined. */
function valueOf(node: Node): unknown {
  if (node.type === "array") return (node.children ?? []).map(valueOf);
  if (node.type !== "object") return node.value as unknown;
  return Object.fromEntries(
    (node.children ?? []).map(({ children }) => [
      children?.[0]?.value as string,
      children?.[1] && valueOf(children[1]),
    ]),
  );
}

/**
 * Of something that may be one of several things, what is wrong with the one that was meant: that with the fewest keys which
 * it does not know, then with the fewest problems.
 */
function meantIssues(issue: z.core.$ZodIssue): z.core.$ZodIssue[] {
  if (issue.code !== "invalid_union" || issue.errors.length === 0) return [issue];
  const strangers = (issues: readonly z.core.$ZodIssue[]) =>
    issues.reduce((sum, one) => sum + (one.code === "unrecognized_keys" ? one.keys.length : 0), 0);
  const [meant] = issue.errors.toSorted(
    (a, b) => strangers(a) - strangers(b) || a.length - b.length,
  );
  // Of plain values no one is nearer than another.
  if (meant.every(({ path }) => path.length === 0) && strangers(meant) === 0) return [issue];
  return meant.flatMap((one) => meantIssues({ ...one, path: [...issue.path, ...one.path] }));
}

function problemAt(tree: Node, issue: z.core.$ZodIssue): ExperimentProblem {
  const path = issue.path.map((part) => (typeof part === "number" ? part : String(part)));
  const unknownKey = issue.code === "unrecognized_keys" ? issue.keys[0] : undefined;
  let node: Node | undefined;
  if (unknownKey !== undefined)
    node = findNodeAtLocation(tree, [...path, unknownKey])?.parent?.children?.[0];
  for (let end = path.length; !node; end--)
    node = end > 0 ? findNodeAtLocation(tree, path.slice(0, end)) : tree;
  const where = path.length > 0 && node.type !== "property" ? `${path.join(".")}: ` : "";
  // A missing key is told at the object that lacks it: mark its brace, not all of its lines.
  const length = node.type === "object" ? 1 : node.length;
  return {
    message: `${where}${issue.message}`,
    offset: node.offset,
    length,
    beyondSchema: issue.code === "custom",
  };
}
