// Where things are in the module's memory. Constants, so that the compiler folds them into its loads and stores.

/** Elements whose sums are taken plainly before they join the compensated ones: bounds the error. */
export const RUN: u32 = 4096;

/** Eight float64 that `finish` leaves. */
export const RESULTS: usize = 64;

/** Sums of squared differences, squares of a, of b, and products, each with what its additions lost. */
export const SUMS: usize = 256;
export const SUM_COUNT: u32 = 4;

/** Offsets in the bins of four neighbours. */
export const NEIGHBOURS: usize = 512;

/**
 * Counts by sign and exponent of float64. Each bin has a counter for each of four neighbours, side by side: equal
 * changes need not wait for one counter, and the few bins in use stay in the first cache.
 */
export const BINS: usize = 0x1000;
export const BIN_COUNT: usize = 4096;
export const BIN_BYTES: usize = 16;

/** Decoded runs, with room for vectors that reach past the end. */
export const NARROW_A: usize = 0x11000;
export const NARROW_B: usize = 0x15400;
export const WIDE_A: usize = 0x19800;
export const WIDE_B: usize = 0x22000;

/** Free for the caller from here on. */
export const FREE: usize = 0x30000;
