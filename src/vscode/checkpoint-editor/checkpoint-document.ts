import path from "node:path";
import * as vscode from "vscode";
import type { CheckpointListing, CheckpointView } from "../../protocol/checkpoint-editor";
import { failureOf, type Failure } from "../../protocol/rpc";
import type { ReaderLease, ReaderPool } from "../../reader/reader-pool";
import { Disposables } from "../disposables";
import { watchFile } from "./watch-file";

/** One checkpoint, shared by all editors that show it: its listing, and its reader. */
export class CheckpointDocument extends Disposables implements vscode.CustomDocument {
  private readonly changed = this.add(new vscode.EventEmitter<void>());
  readonly onDidChange = this.changed.event;
  private readonly lease: ReaderLease | null;
  private listing: CheckpointListing | null = null;
  private failure: Failure | null = null;
  private revision = 0;
  private reading = false;
  private wanted = false;

  constructor(
    readonly uri: vscode.Uri,
    pool: ReaderPool,
  ) {
    super();
    if (uri.scheme !== "file") {
      this.lease = null;
      this.failure = notOnDisk(uri);
      return;
    }
    this.lease = this.add(pool.lease(uri.fsPath));
    this.add(watchFile(uri, () => void this.refresh()));
  }

  /** Reads values; undefined where the checkpoint lies on no disk. */
  get reader(): ReaderLease["client"] | undefined {
    return this.lease?.client;
  }

  get view(): CheckpointView {
    return {
      name: path.basename(this.uri.path),
      path: this.uri.scheme === "file" ? this.uri.fsPath : this.uri.toString(),
      listing: this.listing,
      revision: this.revision,
      failure: this.failure,
    };
  }

  /**
   * Reads the listing anew. Where that fails the old one stays, beside the failure. A change while it is being read
   * asks for one more reading, however many changes there were.
   */
  async refresh(): Promise<void> {
    this.wanted = true;
    if (this.reading) return;
    this.reading = true;
    while (this.takeWanted()) await this.read();
    this.reading = false;
  }

  private takeWanted(): boolean {
    const { wanted } = this;
    this.wanted = false;
    return wanted;
  }

  private async read(): Promise<void> {
    if (!this.lease) return;
    try {
      this.listing = await this.lease.client.call("open", { path: this.uri.fsPath });
      this.revision++;
      this.failure = null;
    } catch (error) {
      this.failure = failureOf(error);
    }
    this.changed.fire();
  }
}

function notOnDisk({ scheme }: vscode.Uri): Failure {
  return {
    kind: "file",
    reason: `it lies on no disk but under "${scheme}:", and checkpoints are read from disks only; save a copy and open that`,
    file: null,
    offset: null,
  };
}
