/** Three bytes stand for 264 at most. */
const MAX_RATIO = 88;

/**
 * Undoes LZF (Marc Lehmann's liblzf, which h5py's filter 32000 uses): runs of up to 32 bytes, and repetitions of what
 * lies up to 8 KiB before.
 * @param limit bytes that come out at most
 * @param fail throws the reader's own error
 */
export function unpackLzf(
  packed: Uint8Array,
  limit: number,
  fail: (reason: string) => never,
): Uint8Array {
  // A small file can claim large chunks.
  const out = new Uint8Array(Math.min(limit, packed.length * MAX_RATIO));
  let length = 0;
  for (let at = 0; at < packed.length;) {
    const control = packed[at++];
    if (control < 32) {
      const run = packed.subarray(at, at + control + 1);
      at += control + 1;
      if (at > packed.length || length + run.length > out.length) return fail("broken LZF data");
      out.set(run, length);
      length += run.length;
      continue;
    }
    const long = control >> 5 === 7;
    if (at + (long ? 2 : 1) > packed.length) return fail("broken LZF data");
    const count = (control >> 5) + (long ? packed[at++] : 0) + 2;
    const from = length - ((control & 31) << 8) - packed[at++] - 1;
    if (from < 0 || length + count > out.length) return fail("broken LZF data");
    // Byte by byte: what is repeated may be what is being written.
    for (let i = 0; i < count; i++) out[length + i] = out[from + i];
    length += count;
  }
  return out.subarray(0, length);
}
