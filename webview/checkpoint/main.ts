import "./checkpoint.css";
import type { CheckpointView } from "../../src/protocol/checkpoint-editor";
import { arrange, h } from "../ui/dom";
import { Store } from "../ui/store";
import { detailPart } from "./detail-part";
import { failurePart } from "./failure-part";
import { headerPart } from "./header-part";
import { Host } from "./host";
import { listPart } from "./list/list-part";
import type { Context, ListedView } from "./part";
import { restore } from "./ui-state";

const isListed = (view: CheckpointView): view is ListedView => view.listing !== null;

function start(): void {
  const host = new Host();
  const ui = new Store(restore(host.saved()), (state) => {
    host.save(state);
  });
  const context: Context = { host, ui };
  const header = headerPart();
  const failure = failurePart(context);
  const list = listPart(context);
  const detail = detailPart(context);
  const main = h("main", { class: "checkpoint" }, list.element, detail.element);

  let view: CheckpointView | null = null;
  const update = (): void => {
    if (view === null) return;
    header.update(view);
    if (isListed(view)) {
      const { selected } = ui.state;
      detail.element.hidden = !view.listing.tensors.some(({ name }) => name === selected);
      list.update(view);
      detail.update(view);
      arrange(pageBody(), [header.element, main]);
    } else if (view.failure) {
      failure.update(view);
      arrange(pageBody(), [header.element, failure.element]);
    } else arrange(pageBody(), [header.element]);
  };
  ui.onChange(update);
  host.onView((next) => {
    view = next;
    update();
    performance.mark("weight-odometer:shown");
  });
}

const page = h("div", { class: "page" });

/** The page's own element: the body's script stays where it is. */
function pageBody(): HTMLElement {
  if (!page.isConnected) document.body.append(page);
  return page;
}

start();
