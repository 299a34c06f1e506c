import type { Uri } from "vscode";
import type { Failure } from "../../protocol/rpc";

/** Why a place cannot be measured: it lies on no disk. Null where it does. */
export function notOnDisk(uri: Uri): Failure | null {
  if (uri.scheme === "file") return null;
  const reason = `it lies on no disk but under "${uri.scheme}:", and checkpoints are read from disks only`;
  return { kind: "file", reason, file: uri.toString(), offset: null };
}
