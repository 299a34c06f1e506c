import type {
  FromResultsPanel,
  ResultsPanelView,
  ToResultsPanel,
} from "../../src/protocol/results-panel";

interface VsCodeApi {
  postMessage(message: FromResultsPanel): void;
  getState(): unknown;
  setState(state: unknown): void;
}
declare function acquireVsCodeApi(): VsCodeApi;

/** Who shows the page: VS Code, or a browser that opened an HTML report. */
export interface Host {
  /** True in an HTML report, which has no one to act for it. */
  readonly report: boolean;
  post(message: FromResultsPanel): void;
  saved(): unknown;
  save(state: object): void;
  /** Calls back with each complete snapshot; in a report once, with the data inside the file. */
  onView(show: (view: ResultsPanelView) => void): void;
}

function reportHost(data: string): Host {
  return {
    report: true,
    post: () => undefined,
    saved: () => null,
    save: () => undefined,
    onView: (show) => {
      show(JSON.parse(data) as ResultsPanelView);
    },
  };
}

/** The experiment is kept with the UI state: by it VS Code restores the panel after a reload of its window. */
function vscodeHost(api: VsCodeApi): Host {
  const keep = (patch: object): void => {
    api.setState({ ...(api.getState() as object | undefined), ...patch });
  };
  return {
    report: false,
    post: (message) => {
      api.postMessage(message);
    },
    saved: () => api.getState(),
    save: keep,
    onView: (show) => {
      window.addEventListener("message", (event: MessageEvent<ToResultsPanel | null>) => {
        if (event.data?.type !== "view") return;
        keep({ experiment: event.data.view.experiment });
        show(event.data.view);
      });
      api.postMessage({ type: "ready" });
    },
  };
}

/** The host of this page: a report carries its data in an element of id `view`. */
export function connectHost(): Host {
  const data = document.getElementById("view");
  return data === null ? vscodeHost(acquireVsCodeApi()) : reportHost(data.textContent);
}
