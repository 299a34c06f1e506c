/**
 * The words of a command as a person writes it in one line: parted by white space, but for what stands in single or
 * double quotes. Backslashes are characters like all others, as Windows has them in paths.
 * @throws SyntaxError on a quote without its end
 */
export function commandWords(line: string): string[] {
  const words: string[] = [];
  let word: string | null = null;
  let quote: string | null = null;
  for (const character of line) {
    if (quote !== null) {
      if (character === quote) quote = null;
      else word = (word ?? "") + character;
    } else if (character === '"' || character === "'") {
      quote = character;
      word ??= "";
    } else if (/\s/.test(character)) {
      if (word !== null) words.push(word);
      word = null;
    } else word = (word ?? "") + character;
  }
  if (quote !== null) throw new SyntaxError(`The quote ${quote} has no end.`);
  if (word !== null) words.push(word);
  return words;
}

/** A command's words as one line that `commandWords` reads back. */
export function commandLine(words: readonly string[]): string {
  return words
    .map((word) => {
      if (!/[\s"']/.test(word) && word !== "") return word;
      return word.includes('"') ? `'${word}'` : `"${word}"`;
    })
    .join(" ");
}
