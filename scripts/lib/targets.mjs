// The platforms we package for: those that onnxruntime-node carries a native library for.
export const targets = ["linux-x64", "linux-arm64", "darwin-arm64", "win32-x64", "win32-arm64"];

/** The target of this machine. */
export function ownTarget() {
  const target = `${process.platform}-${process.arch}`;
  if (!targets.includes(target)) {
    throw new Error(
      `No native library exists for ${target}; name a target: ${targets.join(", ")}.`,
    );
  }
  return target;
}
