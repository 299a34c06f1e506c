import * as vscode from "vscode";
import type {
  CheckpointAction,
  FromCheckpointEditor,
  TensorApi,
  ToCheckpointEditor,
} from "../../protocol/checkpoint-editor";
import type { RpcMessage } from "../../protocol/rpc";
import { RpcServer } from "../../protocol/rpc-server";
import { Disposables } from "../disposables";
import type { CheckpointDocument } from "./checkpoint-document";
import { tensorHandlers } from "./tensor-handlers";

/** One editor that shows a document: sends it snapshots and does what it asks for. */
export class EditorSession extends Disposables {
  private ready = false;
  private readonly server: RpcServer<TensorApi>;

  constructor(
    private readonly document: CheckpointDocument,
    private readonly panel: vscode.WebviewPanel,
  ) {
    super();
    this.server = new RpcServer(tensorHandlers(document), (message) => {
      void panel.webview.postMessage(message);
    });
    this.add({
      dispose: () => {
        this.server.cancelAll();
      },
    });
    this.add(
      panel.webview.onDidReceiveMessage((message: FromCheckpointEditor | RpcMessage) => {
        this.receive(message);
      }),
    );
    this.add(
      document.onDidChange(() => {
        if (this.ready) this.show();
      }),
    );
  }

  private receive(message: FromCheckpointEditor | RpcMessage): void {
    if ("rpc" in message) {
      this.server.receive(message);
      return;
    }
    switch (message.type) {
      case "ready":
        // A page that was hidden and is shown again is a new one, and counts its calls from the beginning.
        this.server.cancelAll();
        this.ready = true;
        this.show();
        return;
      case "copy":
        void vscode.env.clipboard.writeText(message.text);
        return;
      case "action":
        void this.act(message.action);
    }
  }

  private async act(action: CheckpointAction): Promise<void> {
    const { uri } = this.document;
    switch (action) {
      case "retry":
        await this.document.refresh();
        return;
      case "reopenText":
        await vscode.commands.executeCommand("vscode.openWith", uri, "default");
        return;
      case "reopenWith":
        this.panel.reveal();
        await vscode.commands.executeCommand("workbench.action.reopenWithEditor");
    }
  }

  private show(): void {
    const message: ToCheckpointEditor = { type: "view", view: this.document.view };
    void this.panel.webview.postMessage(message);
  }
}
