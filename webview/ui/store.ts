/** How long after a change it is saved, ms. */
const SAVE_MS = 150;

/** What a reader chose: shown at once, and saved a moment later, since turning a map changes it at every frame. */
export class Store<State extends object> {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly listeners: (() => void)[] = [];

  constructor(
    private current: State,
    private readonly save: (state: State) => void,
  ) {}

  get state(): State {
    return this.current;
  }

  /** Calls back after each `set`. */
  onChange(listener: () => void): void {
    this.listeners.push(listener);
  }

  /** Changes some of the state and redraws what depends on it. */
  set(patch: Partial<State>): void {
    this.remember(patch);
    for (const listener of this.listeners) listener();
  }

  /** Changes what only its own part shows, such as a scroll position or a camera, without telling the others. */
  remember(patch: Partial<State>): void {
    this.current = { ...this.current, ...patch };
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      this.save(this.current);
    }, SAVE_MS);
  }
}
