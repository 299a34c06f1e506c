let spare: ArrayBuffer | null = null;

/**
 * Memory of the last tensor for the next one: a system takes milliseconds to hand out new. Not cleared.
 * @returns `bytes` or more
 */
export function takeScratch(bytes: number): ArrayBuffer {
  const taken = spare;
  spare = null;
  return taken && taken.byteLength >= bytes ? taken : new ArrayBuffer(bytes);
}

export function keepScratch(buffer: ArrayBuffer): void {
  spare = buffer;
}
