import type { Handlers } from "../protocol/rpc-server";
import { listCheckpoint } from "./list-checkpoint";
import { OpenCheckpoints } from "./open-checkpoints";
import type { ReaderApi } from "./reader-api";

/** Does what a reader's worker is asked for, in whatever thread this is called. */
export function readerHandlers(open = new OpenCheckpoints()): Handlers<ReaderApi> {
  return {
    open: async ({ path }) => listCheckpoint(await open.reopen(path)),
  };
}
