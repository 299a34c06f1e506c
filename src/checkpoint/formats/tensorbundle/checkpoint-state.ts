/** The text file `checkpoint` that TensorFlow keeps beside its checkpoints, a CheckpointState in text format. */
export function isCheckpointState(head: Uint8Array): boolean {
  return /^\s*model_checkpoint_path\s*:/.test(new TextDecoder().decode(head));
}

/**
 * Name of the newest checkpoint's files that the text gives, without folders: a directory may have been moved since.
 * Null where it gives none.
 */
export function newestCheckpoint(text: string): string | null {
  const quoted = /^\s*model_checkpoint_path\s*:\s*"((?:[^"\\]|\\.)*)"/.exec(text)?.[1];
  return quoted?.replace(/\\(.)/g, "$1").split(/[/\\]/).at(-1) ?? null;
}
