/**
 * Entry of the bundle measurer.js: compares checkpoints in a process of its own, which can be ended without harm to the
 * extension host. It knows nothing of VS Code. See Measurer.
 */
import { isRpcMessage } from "../../../protocol/rpc";
import { RpcServer } from "../../../protocol/rpc-server";
import { readerFailure } from "../../../reader/failure";
import { compare } from "./compare";
import { measureSeriesAt } from "./measure-series";
import type { MeasurerApi } from "./measurer-api";
import { whenChanged } from "./series-signature";

const server = new RpcServer<MeasurerApi>(
  {
    compare,
    trajectory: measureSeriesAt,
    whenChanged: (request, { signal }) => whenChanged(request, signal),
  },
  (message) => {
    process.send?.(message);
  },
  readerFailure,
);
process.on("message", (message: unknown) => {
  if (isRpcMessage(message)) server.receive(message);
});
// Nobody is left to answer to.
process.on("disconnect", () => {
  process.exit();
});
