import type { Handlers } from "../protocol/rpc-server";
import { listCheckpoint } from "./list-checkpoint";
import { OpenCheckpoints } from "./open-checkpoints";
import { readFigures } from "./read-figures";
import { readPicture } from "./read-picture";
import { readValues } from "./read-values";
import type { ReaderApi } from "./reader-api";

/** Does what a reader's worker is asked for, in whatever thread this is called. */
export function readerHandlers(open = new OpenCheckpoints()): Handlers<ReaderApi> {
  return {
    open: async ({ path }) => listCheckpoint(await open.reopen(path)),
    figures: async (request, context) =>
      readFigures(await open.get(request.path), request, context),
    values: async (request, context) => readValues(await open.get(request.path), request, context),
    picture: async (request, context) =>
      readPicture(await open.get(request.path), request, context),
  };
}
