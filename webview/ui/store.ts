/** What a reader chose: state that is shown at once and saved a moment after it changed. */
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

  /** Changes what only its own part shows, such as a scroll position, without telling the others. */
  remember(patch: Partial<State>): void {
    this.current = { ...this.current, ...patch };
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.save(this.current);
    }, 150);
  }
}
