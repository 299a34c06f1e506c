/**
 * What a trainer process is told by its environment: the scheduler's own, and that glibc keeps what is freed. Blocks that
 * ONNX Runtime asks for at each step, mapped and unmapped each time, as glibc does with large ones, cost by their pages
 * (of ResNet-50's step in batches of 8 a twentieth). The user's own settings win: of two with one name glibc takes the
 * last. Other C libraries do not know the variable.
 */
export function trainerEnvironment(own: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
  const settings = [
    "glibc.malloc.mmap_max=0",
    `glibc.malloc.trim_threshold=${2 ** 34}`,
    `glibc.malloc.top_pad=${2 ** 26}`,
    ...(own["GLIBC_TUNABLES"] ? [own["GLIBC_TUNABLES"]] : []),
  ];
  return { ...own, GLIBC_TUNABLES: settings.join(":"), ELECTRON_RUN_AS_NODE: "1" };
}
