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
  for (let count = 0; ; count++) {
    if (count > MAX_OPERATIONS) cursor.fail("more operations than a checkpoint needs");
    const code = cursor.u8();
    if (code === STOP) return { value: stack.pop(), length: cursor.offset };
    const operation = opcodes.get(code);
    if (!operation) cursor.fail(`the unknown pickle opcode ${code}`);
    else operation(stack, cursor);
  }
}

/** What they push must fit in memory, and in a dictionary. */
const MAX_OPERATIONS = 32_000_000;
const STOP = ".".charCodeAt(0);
