import { variableOf } from "./placeholders";

/** A placeholder stands where no reference to a variable can: see shellLine. */
export class ShellLineError extends Error {}

/**
 * A line for /bin/sh in which placeholders are references to environment variables, never text: no value can become
 * part of the program. Each is quoted, so that it stays one word: outside of quotes as "${V}", inside double quotes as ${V}.
 * @throws ShellLineError on a placeholder within single quotes, where nothing is expanded, or within quotes after a
 *   command substitution, where it cannot be told whether it is quoted
 */
export function shellLine(line: string): string {
  let quote: "'" | '"' | null = null;
  let substitution = false;
  let made = "";
  for (let i = 0; i < line.length;) {
    const found = /^\$(\$?)\{([A-Za-z_][A-Za-z0-9_]*)\}/.exec(line.slice(i, i + 200));
    if (found) {
      const [whole, escaped, name] = found;
      if (escaped !== "") made += whole.slice(1);
      else {
        if (quote === "'")
          throw new ShellLineError(
            `\${${name}} stands in single quotes, where nothing is filled in.`,
          );
        if (substitution)
          throw new ShellLineError(
            `\${${name}} stands after a command substitution in quotes: write "$${variableOf(name)}" there.`,
          );
        made += quote === '"' ? `\${${variableOf(name)}}` : `"\${${variableOf(name)}}"`;
      }
      i += whole.length;
      continue;
    }
    const character = line[i];
    if (character === "\\" && quote !== "'") {
      made += line.slice(i, i + 2);
      i += 2;
      continue;
    }
    if (quote === '"' && (character === "`" || line.startsWith("$(", i))) substitution = true;
    if (character === quote) quote = null;
    else if (quote === null && (character === "'" || character === '"')) quote = character;
    made += character;
    i++;
  }
  return made;
}
