/** Entry of the bundle reader-worker.js: parses checkpoints in a thread that can be ended. See ReaderClient. */
import { parentPort } from "node:worker_threads";
import { isRpcMessage } from "../protocol/rpc";
import { RpcServer } from "../protocol/rpc-server";
import { readerFailure } from "./failure";
import type { ReaderApi } from "./reader-api";
import { readerHandlers } from "./reader-handlers";

const server = new RpcServer<ReaderApi>(
  readerHandlers(),
  (message, transfer) => {
    parentPort!.postMessage(message, transfer);
  },
  readerFailure,
);
parentPort!.on("message", (message: unknown) => {
  if (isRpcMessage(message)) server.receive(message);
});
