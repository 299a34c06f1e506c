import { describe, expect, it } from "vitest";
import { failurePlace } from "../../../../src/experiment/command/failure-place";

const isScript = (name: string) => /(^|[\\/])train\.(py|js)$/.test(name);

describe("the place of a failure", () => {
  it("is the innermost line of the script in Python's last traceback, with the error's words", () => {
    const output = [
      "epoch 1",
      "Traceback (most recent call last):",
      '  File "/home/a/train.py", line 3, in <module>',
      "    first()",
      "KeyError: 'x'",
      "",
      "During handling of the above exception, another exception occurred:",
      "",
      "Traceback (most recent call last):",
      '  File "/home/a/train.py", line 40, in <module>',
      "    main()",
      '  File "/home/a/train.py", line 31, in main',
      "    loss.backward()",
      '  File "/usr/lib/torch/_tensor.py", line 521, in backward',
      "    torch.autograd.backward(",
      "RuntimeError: CUDA out of memory",
    ].join("\n");
    expect(failurePlace(output, isScript)).toEqual({
      line: 31,
      message: "RuntimeError: CUDA out of memory",
    });
  });

  it("is found without a traceback, and where each line names its process", () => {
    const syntax =
      '  File "/home/a/train.py", line 3\n    x = = 1\n        ^\nSyntaxError: invalid syntax';
    expect(failurePlace(`epoch 1\n${syntax}\n`, isScript)).toEqual({
      line: 3,
      message: "SyntaxError: invalid syntax",
    });
    const ranks = [
      "[rank0]: Traceback (most recent call last):",
      '[rank0]:   File "/home/a/train.py", line 9, in <module>',
      "[rank0]:     main()",
      "[rank0]: ValueError: no",
    ].join("\n");
    expect(failurePlace(ranks, isScript)).toEqual({ line: 9, message: "ValueError: no" });
  });

  it("is read from what other languages print", () => {
    const output =
      "TypeError: x is no function\n    at main (/a/train.js:12:5)\n    at node:internal:1:2";
    expect(failurePlace(output, isScript)).toEqual({
      line: 12,
      message: "TypeError: x is no function",
    });
    expect(failurePlace("file:///a/train.js:7\n", isScript)?.line).toBe(7);
  });

  it("is none where the script is not named", () => {
    expect(failurePlace("", isScript)).toBeNull();
    expect(failurePlace("Killed", isScript)).toBeNull();
    const foreign =
      'Traceback (most recent call last):\n  File "/b/other.py", line 2, in f\nValueError';
    expect(failurePlace(foreign, isScript)).toBeNull();
  });
});
