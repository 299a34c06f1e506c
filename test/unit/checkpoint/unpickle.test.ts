import { describe, expect, it } from "vitest";
import { ParseError } from "../../../src/checkpoint/parse-error";
import { unpickle } from "../../../src/checkpoint/pickle/unpickle";
import { PickleDict, PickleList, PickleObject } from "../../../src/checkpoint/pickle/values";

function read(text: string) {
  return unpickle(Buffer.from(text, "latin1")).value;
}

it("reads protocol 0, which is text", () => {
  // What Python's pickle.dumps writes, protocol 0, of {"a": [1, -2.5, None, True, 2**70, "é"], "b": (1+0j)}.
  const value = read(
    "(dp0\nVa\np1\n(lp2\nI1\naF-2.5\naNaI01\naL1180591620717411303424L\naV\xc3\xa9\np3\nasVb\np4\nc__builtin__\ncomplex\np5\n(F1.0\nF0.0\ntp6\nRp7\ns.",
  ) as PickleDict;
  expect((value.get("a") as PickleList).items).toEqual([1, -2.5, null, true, 2n ** 70n, "é"]);
  expect((value.get("b") as PickleObject).calleeName).toBe("__builtin__.complex");
});

it("reads the longest and shortest integers exactly", () => {
  expect(read("\x8a\x00.")).toBe(0);
  expect(read("\x8a\x01\xff.")).toBe(-1);
  expect(read("\x8a\x08\xff\xff\xff\xff\xff\xff\xff\x7f.")).toBe(2n ** 63n - 1n);
  expect(read("J\xfe\xff\xff\xff.")).toBe(-2);
});

it("records what Python would call, and calls nothing", () => {
  const value = read("cos\nsystem\n(Vtrue\ntR.") as PickleObject;
  expect(value.calleeName).toBe("os.system");
  const built = read("ccopyreg\n_reconstructor\n(tR}Vx\nI1\nsb.") as PickleObject;
  expect((built.state as PickleDict).get("x")).toBe(1);
  expect((read("(iposix\nsystem\n.") as PickleObject).calleeName).toBe("posix.system");
});

describe("what is malformed", () => {
  it.each([
    "",
    "(",
    "0",
    "a",
    "Na.",
    "NNs.",
    "}NNNu.",
    "(Ne.",
    "Ix\n.",
    "Lx\n.",
    "g9\n.",
    "gx\n.",
    "\x93.",
    "\x8b\xff\xff\xff\xff",
    "T\xff\xff\xff\xff",
    "X\xff\xff\xff\xff",
    "\x96\xff\xff\xff\xff\xff\xff\xff\xff",
    `I${"9".repeat(5000)}\n.`,
  ])("is one error: %j", (text) => {
    expect(() => read(text)).toThrow(ParseError);
  });
});

it.each([
  ["operations", "N".repeat(33_000_000)],
  ["objects", "]".repeat(4_100_000)],
])("stops at more %s than memory holds", (what, text) => {
  expect(() => read(text)).toThrow(`more ${what} than a checkpoint needs`);
});
