/**
 * Raised with each change by which compiled steps may round otherwise: the engine's version, and so what names a run,
 * has it in it, since equal names mean equal bytes.
 */
export const compilerRevision = 4;
