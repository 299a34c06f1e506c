import { PickleCursor } from "./cursor";
import { opcodes } from "./opcodes";
import { PickleStack } from "./stack";
import type { PickleValue } from "./values";

/**
 * Reads one pickle of protocol 0 to 5 into plain data; calls nothing that it names. Time and memory grow with the
 * pickle's bytes alone; the data may hold cycles and share parts, as in Python.
 * Source: Python's Lib/pickletools.py, which documents every opcode.
 * @returns the value and how many bytes the pickle takes
 * @throws ParseError
 */
export function unpickle(bytes: Uint8Array): { value: PickleValue; length: number } {
  const cursor = new PickleCursor(bytes);
  const stack = new PickleStack(cursor);
  for (;;) {
    const code = cursor.u8();
    if (code === STOP) return { value: stack.pop(), length: cursor.offset };
    const operation = opcodes.get(code);
    if (!operation) cursor.fail(`the unknown pickle opcode ${code}`);
    else operation(stack, cursor);
  }
}

const STOP = ".".charCodeAt(0);
