/**
 * What a pickle is read into: plain data. Nothing here has behaviour of Python's, and nothing of a pickle's choosing is
 * ever called: a class or function it names stays a name, its call stays a record.
 */
export type PickleValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | PickleList
  | PickleDict
  | PickleGlobal
  | PickleObject
  | PicklePersistent;

/** A list, tuple or set: they differ in nothing that a reader of weights needs. */
export class PickleList {
  constructor(readonly items: PickleValue[] = []) {}
}

export class PickleDict {
  readonly entries = new Map<PickleValue, PickleValue>();

  get(key: string): PickleValue | undefined {
    return this.entries.get(key);
  }
}

/** A class or function by its name. */
export class PickleGlobal {
  constructor(
    readonly module: string,
    readonly name: string,
  ) {}

  get fullName(): string {
    return `${this.module}.${this.name}`;
  }
}

/** What Python would have made by calling `callee`: an object with what was then put into it. */
export class PickleObject {
  /** What BUILD set: usually its attributes. */
  state: PickleValue = null;
  /** What SETITEMS set, if it is a mapping. */
  dict: PickleDict | null = null;
  /** What APPENDS or ADDITEMS added, if it is a list or a set. */
  list: PickleList | null = null;

  constructor(
    readonly callee: PickleValue,
    readonly args: PickleValue,
  ) {}

  /** Full name of what was called; empty where that is no global. */
  get calleeName(): string {
    return this.callee instanceof PickleGlobal ? this.callee.fullName : "";
  }
}

/** What the pickle keeps outside itself, such as a tensor's storage. */
export class PicklePersistent {
  constructor(readonly id: PickleValue) {}
}
