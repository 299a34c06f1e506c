import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface Served {
  readonly bytes: Uint8Array;
  readonly etag: string | null;
}

/** Serves files by their paths on the loopback interface, with ranges; notes what it was asked. */
export class FileServer {
  readonly files = new Map<string, Served>();
  readonly requests: { readonly path: string; readonly range: string | null }[] = [];
  /** Cut a connection after so many bytes of its answer, the next time; then null. */
  cutAfter: number | null = null;
  /** Keep connections open after so many bytes, saying nothing more. */
  holdAfter: number | null = null;

  private readonly server = createServer((request, response) => {
    this.answer(request, response);
  });

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, "127.0.0.1", resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  put(path: string, bytes: Uint8Array, etag: string | null = `"${path}-${bytes.length}"`): void {
    this.files.set(`/${path}`, { bytes, etag });
  }

  private answer(request: IncomingMessage, response: ServerResponse): void {
    const range = request.headers.range ?? null;
    this.requests.push({ path: request.url ?? "", range });
    const file = this.files.get(request.url ?? "");
    if (!file) {
      response.writeHead(404).end();
      return;
    }
    const { bytes, etag } = file;
    const asked = Number(/^bytes=(\d+)-$/.exec(range ?? "")?.[1] ?? 0);
    const same = etag !== null && request.headers["if-range"] === etag;
    const start = same ? asked : 0;
    if (start > 0 && start >= bytes.length) {
      response.writeHead(416).end();
      return;
    }
    response.writeHead(start > 0 ? 206 : 200, {
      "content-length": bytes.length - start,
      ...(etag !== null && { etag }),
      ...(start > 0 && { "content-range": `bytes ${start}-${bytes.length - 1}/${bytes.length}` }),
    });
    const end = this.cutAfter ?? this.holdAfter;
    if (end === null) {
      response.end(bytes.subarray(start));
      return;
    }
    const cut = this.cutAfter !== null;
    this.cutAfter = null;
    response.write(bytes.subarray(start, start + end), () => {
      // A moment, so that what was sent arrives before the end does.
      if (cut) setTimeout(() => response.destroy(), 30);
    });
  }
}
