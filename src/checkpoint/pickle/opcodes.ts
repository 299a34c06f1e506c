import { shortest, type PickleCursor } from "./cursor";
import type { PickleStack } from "./stack";
import { PickleDict, PickleGlobal, PickleList, PicklePersistent, type PickleValue } from "./values";

type Operation = (stack: PickleStack, cursor: PickleCursor) => void;

const push =
  (read: (cursor: PickleCursor) => PickleValue): Operation =>
  (stack, cursor) => {
    stack.push(read(cursor));
  };

/** The last `count` values as a tuple. */
const tuple =
  (count: number): Operation =>
  (stack) => {
    const items = Array.from({ length: count }, () => stack.pop()).reverse();
    stack.push(new PickleList(items));
  };

const refuse =
  (what: string): Operation =>
  (_, cursor) =>
    cursor.fail(what);

/** Every opcode but STOP by its character or, from protocol 2 on, its code; named as in pickletools.py. */
const table: readonly (readonly [string | number, Operation])[] = [
  // Constants and numbers.
  ["N", push(() => null)],
  [0x88, push(() => true)],
  [0x89, push(() => false)],
  ["I", push(textInteger)],
  ["L", push(textLong)],
  ["F", push(textFloat)],
  ["J", push((cursor) => cursor.i32())],
  ["K", push((cursor) => cursor.u8())],
  ["M", push((cursor) => cursor.u16())],
  ["G", push((cursor) => cursor.float())],
  [0x8a, push((cursor) => cursor.long(cursor.u8()))],
  [0x8b, push((cursor) => cursor.long(cursor.u32()))],
  // Text and bytes.
  ["S", push((cursor) => cursor.line(Infinity).trim().slice(1, -1))],
  ["T", push((cursor) => cursor.latin1(cursor.u32()))],
  ["U", push((cursor) => cursor.latin1(cursor.u8()))],
  ["V", push((cursor) => cursor.line(Infinity))],
  ["X", push((cursor) => cursor.utf8(cursor.u32()))],
  [0x8c, push((cursor) => cursor.utf8(cursor.u8()))],
  [0x8d, push((cursor) => cursor.utf8(cursor.length64()))],
  ["B", push((cursor) => cursor.take(cursor.u32()))],
  ["C", push((cursor) => cursor.take(cursor.u8()))],
  [0x8e, push((cursor) => cursor.take(cursor.length64()))],
  [0x96, push((cursor) => cursor.take(cursor.length64()))],
  [0x97, refuse("the pickle's buffers lie outside it")],
  [0x98, () => undefined],
  // Lists, tuples, sets and dictionaries.
  ["]", push(() => new PickleList())],
  [")", push(() => new PickleList())],
  [0x8f, push(() => new PickleList())],
  [
    "l",
    (stack) => {
      stack.push(new PickleList(stack.popMark()));
    },
  ],
  [
    "t",
    (stack) => {
      stack.push(new PickleList(stack.popMark()));
    },
  ],
  [
    0x91,
    (stack) => {
      stack.push(new PickleList(stack.popMark()));
    },
  ],
  [0x85, tuple(1)],
  [0x86, tuple(2)],
  [0x87, tuple(3)],
  [
    "a",
    (stack) => {
      const item = stack.pop();
      stack.append([item]);
    },
  ],
  [
    "e",
    (stack) => {
      const items = stack.popMark();
      stack.append(items);
    },
  ],
  [
    0x90,
    (stack) => {
      const items = stack.popMark();
      stack.append(items);
    },
  ],
  ["}", push(() => new PickleDict())],
  [
    "d",
    (stack) => {
      const items = stack.popMark();
      stack.push(new PickleDict());
      stack.setItems(items);
    },
  ],
  [
    "s",
    (stack) => {
      const value = stack.pop();
      const key = stack.pop();
      stack.setItems([key, value]);
    },
  ],
  [
    "u",
    (stack) => {
      const items = stack.popMark();
      stack.setItems(items);
    },
  ],
  // The stack and the memo.
  [
    "(",
    (stack) => {
      stack.mark();
    },
  ],
  [
    "0",
    (stack) => {
      stack.drop();
    },
  ],
  [
    "1",
    (stack) => {
      stack.popMark();
    },
  ],
  [
    "2",
    (stack) => {
      stack.push(stack.top());
    },
  ],
  [
    "p",
    (stack, cursor) => {
      stack.put(memoIndex(cursor));
    },
  ],
  [
    "q",
    (stack, cursor) => {
      stack.put(cursor.u8());
    },
  ],
  [
    "r",
    (stack, cursor) => {
      stack.put(cursor.u32());
    },
  ],
  [
    0x94,
    (stack) => {
      stack.memoize();
    },
  ],
  [
    "g",
    (stack, cursor) => {
      stack.get(memoIndex(cursor));
    },
  ],
  [
    "h",
    (stack, cursor) => {
      stack.get(cursor.u8());
    },
  ],
  [
    "j",
    (stack, cursor) => {
      stack.get(cursor.u32());
    },
  ],
  // What Python would import, call or look up: recorded only.
  ["c", push((cursor) => new PickleGlobal(cursor.line(), cursor.line()))],
  [
    0x93,
    (stack) => {
      const name = stack.popString();
      stack.push(new PickleGlobal(stack.popString(), name));
    },
  ],
  [
    "R",
    (stack) => {
      const args = stack.pop();
      stack.call(stack.pop(), args);
    },
  ],
  [
    0x81,
    (stack) => {
      const args = stack.pop();
      stack.call(stack.pop(), args);
    },
  ],
  [
    0x92,
    (stack) => {
      stack.pop();
      const args = stack.pop();
      stack.call(stack.pop(), args);
    },
  ],
  [
    "i",
    (stack, cursor) => {
      const callee = new PickleGlobal(cursor.line(), cursor.line());
      stack.call(callee, new PickleList(stack.popMark()));
    },
  ],
  [
    "o",
    (stack) => {
      const [callee, ...args] = stack.popMark();
      stack.call(callee ?? null, new PickleList(args));
    },
  ],
  [
    "b",
    (stack) => {
      stack.build();
    },
  ],
  ["P", push((cursor) => new PicklePersistent(cursor.line()))],
  [
    "Q",
    (stack) => {
      stack.push(new PicklePersistent(stack.pop()));
    },
  ],
  [0x82, push((cursor) => new PickleGlobal("copyreg", `extension ${cursor.u8()}`))],
  [0x83, push((cursor) => new PickleGlobal("copyreg", `extension ${cursor.u16()}`))],
  [0x84, push((cursor) => new PickleGlobal("copyreg", `extension ${cursor.i32()}`))],
  // Framing.
  [
    0x80,
    (_, cursor) => {
      const protocol = cursor.u8();
      if (protocol > 5) cursor.fail(`the unknown pickle protocol ${protocol}`);
    },
  ],
  [
    0x95,
    (_, cursor) => {
      cursor.length64();
    },
  ],
];

export const opcodes: ReadonlyMap<number, Operation> = new Map(
  table.map(([code, operation]) => [
    typeof code === "string" ? code.charCodeAt(0) : code,
    operation,
  ]),
);

function textInteger(cursor: PickleCursor): PickleValue {
  const line = cursor.line();
  // Protocols 0 and 1 write booleans so.
  if (line === "00" || line === "01") return line === "01";
  return integer(line, cursor);
}

function textLong(cursor: PickleCursor): PickleValue {
  return integer(cursor.line().replace(/L$/, ""), cursor);
}

function integer(digits: string, cursor: PickleCursor): PickleValue {
  return /^-?\d+$/.test(digits) ? shortest(BigInt(digits)) : cursor.fail("a malformed integer");
}

function textFloat(cursor: PickleCursor): PickleValue {
  const line = cursor.line();
  if (line.endsWith("inf")) return line.startsWith("-") ? -Infinity : Infinity;
  return line === "" ? cursor.fail("a malformed float") : Number(line);
}

function memoIndex(cursor: PickleCursor): number {
  const line = cursor.line();
  return /^\d{1,10}$/.test(line) ? Number(line) : cursor.fail("a malformed place in the memo");
}
