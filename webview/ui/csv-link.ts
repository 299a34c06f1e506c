import { h } from "./dom";

/** A link that saves a text as a file; it needs no network and no one to ask. */
export function csvLink(file: string, text: () => string): HTMLElement {
  return h(
    "button",
    {
      type: "button",
      class: "link csv",
      onclick: () => {
        const url = URL.createObjectURL(new Blob([text()], { type: "text/csv" }));
        h("a", { href: url, download: file }).click();
        // The download has begun when the browser comes back to this page's tasks.
        setTimeout(() => {
          URL.revokeObjectURL(url);
        }, 10_000);
      },
    },
    `Download ${file}`,
  );
}
