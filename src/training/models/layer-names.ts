/** Names for layers that have none of their own, as Keras gives them: conv2d, conv2d_1 and so on. */
export class LayerNames {
  private readonly counts = new Map<string, number>();

  next(kind: string): string {
    const count = this.counts.get(kind) ?? 0;
    this.counts.set(kind, count + 1);
    return count === 0 ? kind : `${kind}_${count}`;
  }
}
