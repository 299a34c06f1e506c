import type { Failure } from "../../src/protocol/rpc";
import { count } from "../ui/format";

/** Where in its file a failure lies; empty where no place can be named. */
export function failurePlace({ offset }: Failure): string {
  return offset === null ? "" : `at byte ${count(offset)}`;
}

/** A failure as a sentence, without the file's name. */
export function failureSentence(failure: Failure): string {
  const place = failurePlace(failure);
  return `${failure.reason}${place === "" ? "" : ` (${place})`}.`;
}
