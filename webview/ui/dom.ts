/** What `h` accepts as a child; null and undefined are left out. */
export type Child = Node | string | null | undefined;

type Listener = (event: never) => void;
type Attributes = Readonly<Record<string, string | number | boolean | Listener | null>>;

function apply(element: Element, attributes: Attributes, children: readonly Child[]): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function")
      element.addEventListener(name.replace(/^on/, ""), value as EventListener);
    else if (value !== null && value !== false) element.setAttribute(name, String(value));
  }
  element.append(...children.filter((child): child is Node | string => child != null));
}

/**
 * Builds an HTML element: `h("button", { class: "act", onclick: run }, "Run")`. Strings become text nodes, never
 * markup. Inline styles are set through `element.style`, since the panel's CSP forbids style attributes.
 */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  apply(element, attributes, children);
  return element;
}

/** Sets an element's text if it differs, so that a live snapshot leaves what did not change alone. */
export function setText(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

/** Sets or (null) removes an attribute if it differs. */
export function setAttribute(element: Element, name: string, value: string | null): void {
  if (element.getAttribute(name) === value) return;
  if (value === null) element.removeAttribute(name);
  else element.setAttribute(name, value);
}

/** Puts these children into a parent in this order, moving only what stands elsewhere, so focus and scroll stay. */
export function arrange(parent: Element, children: readonly Element[]): void {
  const wanted = new Set<Element>(children);
  for (const child of [...parent.children]) if (!wanted.has(child)) child.remove();
  let place = parent.firstElementChild;
  for (const child of children) {
    if (child === place) place = place.nextElementSibling;
    else parent.insertBefore(child, place);
  }
}

/** A titled section of the page. */
export function section(name: string, title: string, ...children: readonly Child[]): HTMLElement {
  const heading = `${name}-title`;
  return h(
    "section",
    { class: `part ${name}`, "aria-labelledby": heading },
    h("h2", { id: heading }, title),
    ...children,
  );
}
