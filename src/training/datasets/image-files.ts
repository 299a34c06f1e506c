import type { Sharp, SharpOptions } from "sharp";
import type { ImageShape, Images } from "./dataset";
import type { DecodedCache } from "./decoded-cache";

/** Paths of JPEG or PNG files. */
export type ImageFiles = readonly string[];

/** Above any photograph: what a small file may not unfold to. */
const mostPixels = 1 << 28;

type Decoder = (input: Uint8Array | string, options: SharpOptions) => Sharp;
let loading: Promise<Decoder> | null = null;

/** sharp, on one thread a process: other cores train other runs. Loaded where it is first needed. */
function decoder(): Promise<Decoder> {
  loading ??= import("sharp").then(({ default: sharp }) => {
    sharp.concurrency(1);
    sharp.cache(false);
    return sharp;
  });
  return loading;
}

/**
 * Images of files, decoded when they are read, stretched to `shape` (Lanczos 3) and kept in `cache`. One channel is
 * sRGB's luminance; transparency is dropped, orientation marks are not heeded.
 * @throws Error with the file's name, when a file is read that cannot be decoded
 */
export function imagesOfFiles(
  files: ImageFiles,
  shape: ImageShape,
  cache: DecodedCache | null,
): Images {
  return cached(files.length, shape, cache, async (index) => {
    const file = files[index];
    try {
      const sharp = await decoder();
      return await brought(
        sharp(file, { failOn: "error", limitInputPixels: mostPixels, sequentialRead: true }),
        shape,
      );
    } catch (error) {
      const [reason] = (error as Error).message.trim().split("\n");
      throw new Error(`${file}: the image cannot be decoded: ${reason}`, { cause: error });
    }
  });
}

/** Images of another shape brought to `shape` in the same way; themselves where it is theirs. */
export function reshapedImages(
  images: Images,
  shape: ImageShape,
  cache: DecodedCache | null,
): Images {
  const [height, width, channels] = images.shape;
  if (shape.join() === images.shape.join()) return images;
  return cached(images.count, shape, cache, async (index) => {
    const sharp = await decoder();
    const raw = { height, width, channels: channels as 1 | 3 };
    return brought(sharp(await images.read(index), { raw }), shape);
  });
}

async function brought(image: Sharp, [height, width, channels]: ImageShape): Promise<Uint8Array> {
  const { data, info } = await image
    .removeAlpha()
    .resize({ width, height, fit: "fill" })
    .toColourspace(channels === 1 ? "b-w" : "srgb")
    .raw({ depth: "uchar" })
    .toBuffer({ resolveWithObject: true });
  if (info.channels !== channels || data.length !== height * width * channels)
    throw new Error(`it has ${info.channels} channels after decoding, not ${channels}`);
  return data;
}

/** Decoded images of a part that are kept in memory too: reading them from the disk would cost small networks a tenth. */
const mostInMemory = 1 << 28;

function cached(
  count: number,
  shape: ImageShape,
  cache: DecodedCache | null,
  decode: (index: number) => Promise<Uint8Array>,
): Images {
  const readOrDecode = async (index: number): Promise<Uint8Array> => {
    const known = await cache?.read(index);
    if (known) return known;
    const bytes = await decode(index);
    await cache?.write(index, bytes);
    return bytes;
  };
  if (count * shape[0] * shape[1] * shape[2] > mostInMemory)
    return { count, shape, read: readOrDecode };
  const kept: (Uint8Array | undefined)[] = [];
  const keep = async (index: number) => (kept[index] = await readOrDecode(index));
  return { count, shape, read: (index) => kept[index] ?? keep(index) };
}
