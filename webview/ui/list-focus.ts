/** Whether a key types a character, as one that begins a search does. */
export function typesCharacter(event: KeyboardEvent): boolean {
  return (
    event.key.length === 1 && event.key !== " " && !event.ctrlKey && !event.metaKey && !event.altKey
  );
}

/** Gives a list the focus that a click on what scrolls in it would take: it is the list that hears keys. */
export function keepFocus(list: HTMLElement, scroller: HTMLElement): void {
  scroller.addEventListener("focus", () => {
    list.focus();
  });
}
