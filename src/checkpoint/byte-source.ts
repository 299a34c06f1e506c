/** Bytes that are read by ranges: a file, or bytes in memory. */
export interface ByteSource {
  /** Names the bytes in errors. */
  readonly path: string;
  /** Absolute path of the file on the disk that holds these bytes at these offsets; null where there is none. */
  readonly diskFile: string | null;

  size(): Promise<number>;

  /**
   * Fills `into` with the bytes from `position` on.
   * @throws CheckpointError where they cannot be read or end early
   */
  read(into: Uint8Array, position: number): Promise<void>;

  /** It may be used again: it then reopens. */
  close(): Promise<void>;
}

/** A folder whose files are opened by their plain names, so that no file can lead out of it. */
export interface Folder {
  readonly path: string;

  /** Names of what is in it. */
  names(): Promise<readonly string[]>;

  /**
   * The file of this name, not opened yet; it may be a symbolic link.
   * @throws CheckpointError where the name is not plain: has separators, is "..", absolute, or empty
   */
  file(name: string): ByteSource;
}
