/** Numbers that lengths, counts and offsets are replaced by. */
const LIES = [0n, 1n, 0x7fn, 0xffn, 0x7fffn, 0xffffn, 0x7fffffffn, 0x80000000n, 0xffffffffn];
const LONG_LIES = [...LIES, 1n << 40n, 1n << 53n, (1n << 63n) - 1n, 1n << 63n, (1n << 64n) - 1n];

type Random = (below: number) => number;

/** mulberry32 by Tommy Ettinger: any seed gives a stream, which is enough for choosing what to break. */
function randomOf(seed: number): Random {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

/** One to four changes that a hostile or damaged file may have; the same seed makes the same file. */
export function mutate(whole: Uint8Array, seed: number): Uint8Array {
  const random = randomOf(seed);
  let bytes: Uint8Array = Uint8Array.from(whole);
  for (let count = 1 + random(4); count > 0; count--)
    bytes = mutations[random(mutations.length)](bytes, random);
  return bytes;
}

/** Headers and directories lie at the ends: half of all places are near one. */
function place(length: number, random: Random): number {
  if (length === 0) return 0;
  const near = random(Math.min(length, 16 << random(8)));
  return [random(length), random(length), near, length - 1 - near][random(4)];
}

const mutations: readonly ((bytes: Uint8Array, random: Random) => Uint8Array)[] = [
  // A bit.
  (bytes, random) => {
    bytes[place(bytes.length, random)] ^= 1 << random(8);
    return bytes;
  },
  // A byte.
  (bytes, random) => {
    bytes[place(bytes.length, random)] = random(256);
    return bytes;
  },
  // A number of one to eight bytes, of either byte order, that lies.
  (bytes, random) => {
    const at = place(bytes.length, random);
    const width = 1 << random(4);
    if (at + width > bytes.length) return bytes;
    const near = BigInt(bytes.length + random(5) - 2);
    const lie = random(3) === 0 ? near : LONG_LIES[random(LONG_LIES.length)];
    const little = random(4) > 0;
    for (let i = 0; i < width; i++)
      bytes[at + (little ? i : width - 1 - i)] = Number((lie >> BigInt(8 * i)) & 0xffn);
    return bytes;
  },
  // A number that is a little off.
  (bytes, random) => {
    bytes[place(bytes.length, random)] += [1, -1, 2, -2, 8, -8, 16, -16][random(8)];
    return bytes;
  },
  // A digit of a number in text.
  (bytes, random) => {
    const start = place(bytes.length, random);
    for (let at = start; at < bytes.length && at < start + 64; at++)
      if (bytes[at] >= 0x30 && bytes[at] <= 0x39) {
        bytes[at] = 0x30 + random(10);
        break;
      }
    return bytes;
  },
  // The end is missing.
  (bytes, random) => bytes.subarray(0, place(bytes.length, random)),
  // A piece is copied over another.
  (bytes, random) => {
    const from = place(bytes.length, random);
    return bytes.copyWithin(place(bytes.length, random), from, from + 1 + random(64));
  },
  // A piece is missing.
  (bytes, random) => {
    const at = place(bytes.length, random);
    return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1 + random(32))]);
  },
  // A piece comes twice.
  (bytes, random) => {
    const at = place(bytes.length, random);
    const end = at + 1 + random(64);
    return Buffer.concat([bytes.subarray(0, end), bytes.subarray(at)]);
  },
];
