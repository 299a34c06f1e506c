/** Tensors in a checkpoint: far above any real one, and low enough that a hostile list fits in memory. */
export const MAX_TENSORS = 1_000_000;
