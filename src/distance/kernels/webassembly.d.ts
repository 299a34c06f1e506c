/** The parts of WebAssembly's JavaScript interface that Node has and its types leave out. */
declare namespace WebAssembly {
  class Memory {
    /** Sizes in pages of 64 KiB. */
    constructor(limits: { readonly initial: number; readonly maximum?: number });
    readonly buffer: ArrayBuffer;
    /** Adds pages of 64 KiB; the old buffer is detached. */
    grow(pages: number): number;
  }
  const Module: new (bytes: Uint8Array) => Module;
  class Instance {
    constructor(module: Module, imports?: Readonly<Record<string, object>>);
    readonly exports: unknown;
  }
  class CompileError extends Error {}
  function compile(bytes: Uint8Array): Promise<Module>;
}
