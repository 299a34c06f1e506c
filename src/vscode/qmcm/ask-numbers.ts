import * as vscode from "vscode";

/** A number that the user may choose. */
export interface NumberField {
  /** Of the command line, without dashes. */
  readonly option: string;
  readonly prompt: string;
  /** The paper's. */
  readonly value: number;
  /** Why a number cannot be taken; undefined where it can. */
  readonly refusal: (value: number) => string | undefined;
}

/** A refusal of what is no whole number from `least` up. */
export function wholeFrom(least: number): NumberField["refusal"] {
  return (value) =>
    Number.isSafeInteger(value) && value >= least
      ? undefined
      : `A whole number from ${least.toLocaleString("en-US")} up.`;
}

/**
 * Asks whether the paper's numbers are to be taken, or others.
 * @param description of the paper's
 * @returns options of the command line; undefined where the user left
 */
export async function askNumbers(
  description: string,
  fields: readonly NumberField[],
): Promise<readonly string[] | undefined> {
  const paper = { label: "As in the paper", description };
  const other = {
    label: "Other numbers…",
    description: fields.map(({ option }) => option).join(", "),
  };
  const chosen = await vscode.window.showQuickPick([paper, other], { placeHolder: "Numbers" });
  if (!chosen) return undefined;
  const options: string[] = [];
  for (const { option, prompt, value, refusal } of fields) {
    const text =
      chosen === paper
        ? String(value)
        : await vscode.window.showInputBox({
            prompt,
            value: String(value),
            validateInput: (typed) =>
              typed.trim() === "" ? "A number." : refusal(Number(typed.trim())),
          });
    if (text === undefined) return undefined;
    options.push(`--${option}`, text.trim());
  }
  return options;
}
