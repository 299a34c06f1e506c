import { describe, expect, it } from "vitest";
import { suggestCommand } from "../../../../src/experiment/command/suggest-command";

describe("a suggested command", () => {
  it("gives a script's own options the run's values", () => {
    const text = `
parser.add_argument("--seed", type=int)
parser.add_argument('--output_dir', default="out")
parser.add_argument("--label-noise", type=float)
parser.add_argument("--epochs", type=int)`;
    expect(suggestCommand("train.py", text, "python3")).toEqual({
      words: [
        ...["python3", "train.py", "--seed", "${seed}"],
        ...["--output_dir", "${runDirectory}", "--label-noise", "${labelCorruption}"],
      ],
      takesSeed: true,
      takesDirectory: true,
    });
  });

  it("leaves seed and folder to the helper where the script has it", () => {
    const text = "import weight_odometer as wo\n";
    const { words, takesSeed, takesDirectory } = suggestCommand("train.py", text, "python3");
    expect(words).toEqual(["python3", "train.py"]);
    expect([takesSeed, takesDirectory]).toEqual([true, true]);
  });

  it("tells what a script does not take", () => {
    expect(suggestCommand("a.py", "print(1)", "python3")).toMatchObject({
      takesSeed: false,
      takesDirectory: false,
    });
  });
});
