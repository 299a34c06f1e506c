interface VsCodeApi<From> {
  postMessage(message: From): void;
  getState(): unknown;
  setState(state: unknown): void;
}
declare function acquireVsCodeApi<From>(): VsCodeApi<From>;

/** Who shows a panel's page: VS Code, or a browser that opened an HTML export of it. */
export interface PanelHost<From, To> {
  /** True in an HTML export, which has no one to act for it. */
  readonly report: boolean;
  post(message: From): void;
  saved(): unknown;
  save(state: object): void;
  /** Calls back with each message; in an export once, with the view inside the file. */
  onMessage(receive: (message: To) => void): void;
}

function vscodeHost<From, To>(ready: From): PanelHost<From, To> {
  const api = acquireVsCodeApi<From>();
  return {
    report: false,
    post: (message) => {
      api.postMessage(message);
    },
    saved: () => api.getState(),
    save: (patch) => {
      api.setState({ ...(api.getState() as object | undefined), ...patch });
    },
    onMessage: (receive) => {
      window.addEventListener("message", ({ data }: MessageEvent<To | null>) => {
        if (data !== null && typeof data === "object" && "type" in data) receive(data);
      });
      api.postMessage(ready);
    },
  };
}

/**
 * The host of this page: an HTML export carries its view in an element of id `view`.
 * @param ready what says that the page listens
 */
export function connectPanel<From, To>(ready: From): PanelHost<From, To> {
  const data = document.getElementById("view");
  if (data === null) return vscodeHost(ready);
  return {
    report: true,
    post: () => undefined,
    saved: () => null,
    save: () => undefined,
    onMessage: (receive) => {
      receive({ type: "view", view: JSON.parse(data.textContent) as unknown } as To);
    },
  };
}
