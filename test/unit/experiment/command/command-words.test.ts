import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { commandLine, commandWords } from "../../../../src/experiment/command/command-words";

describe("the words of a command", () => {
  it("are parted by white space, but for what is quoted", () => {
    expect(commandWords(` python3  train.py --name "a b" --to='c d'  "" C:\\x`)).toEqual([
      ...["python3", "train.py", "--name", "a b", "--to=c d", "", "C:\\x"],
    ]);
  });

  it("do not end within a quote", () => {
    expect(() => commandWords(`a "b`)).toThrow(/no end/);
  });

  it("come back from the line that is made of them", () => {
    // A word with both quotes cannot be written in one.
    const word = fc.string().filter((text) => !(text.includes("'") && text.includes('"')));
    fc.assert(
      fc.property(fc.array(word), (words) => {
        expect(commandWords(commandLine(words))).toEqual(words);
      }),
    );
  });
});
