import type { SeriesTensor } from "./match-series";
import { unknown, type KnownSquares } from "./series-sums";

/** One tensor over a measured series. */
interface MeasuredTensor {
  /** Its name in each checkpoint. */
  readonly names: readonly string[];
  readonly squares: readonly KnownSquares[];
}

/**
 * What was measured of a series the last time, so that the next time only what is new is read. It holds no weights and
 * no more than one result: four numbers for each tensor of each checkpoint.
 */
export class SeriesMemory {
  private ids: readonly string[] = [];
  private places = new Map<string, number>();
  private tensors = new Map<string, MeasuredTensor>();

  /**
   * Keeps a measured series in place of the one before.
   * @param ids what tells each checkpoint's content from any other; see identityOf
   */
  keep(
    ids: readonly string[],
    tensors: readonly SeriesTensor[],
    squares: readonly (readonly KnownSquares[])[],
  ): void {
    this.ids = ids;
    this.places = new Map(ids.map((id, t) => [id, t]));
    this.tensors = new Map(
      tensors.map(({ name, members }, i) => [
        name,
        { names: members.map((member) => member.name), squares: squares[i] },
      ]),
    );
  }

  /** What is known of another series: of a pair of checkpoints that stood in the kept one in the same parts. */
  recall(ids: readonly string[], { name, members }: SeriesTensor): KnownSquares[] {
    const own = this.tensors.get(name);
    if (!own) return ids.map(() => unknown);
    /** Place in the kept series of a checkpoint of this one. */
    const place = (t: number): number | undefined => {
      const kept = t < 0 ? undefined : this.places.get(ids[t]);
      return kept !== undefined && own.names[kept] === members[t].name ? kept : undefined;
    };
    const last = ids.length - 1;
    const sameFirst = place(0) === 0;
    const sameLast = place(last) === this.ids.length - 1;
    return ids.map((_, t) => {
      const kept = place(t);
      if (kept === undefined) return unknown;
      const { fromFirst, toLast, fromPrevious, norm } = own.squares[kept];
      const samePrevious = t === 0 ? kept === 0 : kept > 0 && place(t - 1) === kept - 1;
      return {
        fromFirst: sameFirst ? fromFirst : null,
        toLast: sameLast ? toLast : null,
        fromPrevious: samePrevious ? fromPrevious : null,
        norm,
      };
    });
  }
}
