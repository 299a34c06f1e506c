import type { PickleCursor } from "./cursor";
import { PickleDict, PickleList, PickleObject, type PickleValue } from "./values";

/** Separates what opcodes such as TUPLE gather. */
const MARK = Symbol("mark");

/** An object takes some hundred bytes, and only one byte of the pickle. */
const MAX_OBJECTS = 4_000_000;
const MAX_MEMO = 8_000_000;

/** The machine that a pickle is a program of: a stack and a memo. */
export class PickleStack {
  private readonly values: (PickleValue | typeof MARK)[] = [];
  private objects = 0;
  private readonly memo = new Map<number, PickleValue>();

  constructor(private readonly cursor: PickleCursor) {}

  push(value: PickleValue): void {
    if (value !== null && typeof value === "object" && ++this.objects > MAX_OBJECTS)
      this.cursor.fail("more objects than a checkpoint needs");
    this.values.push(value);
  }

  pop(): PickleValue {
    const value = this.values.pop();
    if (value === undefined || value === MARK) return this.cursor.fail("the stack is empty");
    return value;
  }

  /** What POP removes, a mark too. */
  drop(): void {
    if (this.values.pop() === undefined) this.cursor.fail("the stack is empty");
  }

  top(): PickleValue {
    const value = this.values.at(-1);
    if (value === undefined || value === MARK) return this.cursor.fail("the stack is empty");
    return value;
  }

  mark(): void {
    this.values.push(MARK);
  }

  /** What was pushed since the last mark. */
  popMark(): PickleValue[] {
    const mark = this.values.lastIndexOf(MARK);
    if (mark < 0) return this.cursor.fail("a mark is missing");
    const values = this.values.splice(mark) as PickleValue[];
    values.shift();
    return values;
  }

  popString(): string {
    const value = this.pop();
    return typeof value === "string" ? value : this.cursor.fail("a name is no text");
  }

  put(index: number): void {
    this.memo.set(index, this.top());
    if (this.memo.size > MAX_MEMO) this.cursor.fail("a memo larger than a checkpoint needs");
  }

  memoize(): void {
    this.put(this.memo.size);
  }

  get(index: number): void {
    const value = this.memo.get(index);
    if (value === undefined) this.cursor.fail(`nothing is kept under ${index}`);
    else this.push(value);
  }

  /** REDUCE, NEWOBJ, INST, OBJ: a record of the call. */
  call(callee: PickleValue, args: PickleValue): void {
    this.push(new PickleObject(callee, args));
  }

  append(items: readonly PickleValue[]): void {
    const target = this.top();
    const list = target instanceof PickleObject ? (target.list ??= new PickleList()) : target;
    if (!(list instanceof PickleList)) this.cursor.fail("something is appended to no list");
    else for (const item of items) list.items.push(item);
  }

  setItems(items: readonly PickleValue[]): void {
    const target = this.top();
    const dict = target instanceof PickleObject ? (target.dict ??= new PickleDict()) : target;
    if (!(dict instanceof PickleDict) || items.length % 2 !== 0)
      this.cursor.fail("an item is set in no dictionary");
    else for (let i = 0; i < items.length; i += 2) dict.entries.set(items[i], items[i + 1]);
  }

  /** BUILD: sets an object's state. Of anything else there is nothing to set. */
  build(): void {
    const state = this.pop();
    const target = this.top();
    if (target instanceof PickleObject) target.state = state;
  }
}
