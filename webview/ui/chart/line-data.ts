/** One curve. */
export interface Line {
  readonly name: string;
  /** Class of its strokes and points. */
  readonly kind: string;
  /** As many as the chart has places; a gap where null. */
  readonly values: readonly (number | null)[];
}

/** What a line chart draws. */
export interface LineData {
  /** Places along the horizontal axis, ascending. */
  readonly places: readonly number[];
  /** What each place is called where it is pointed at. */
  readonly names: readonly string[];
  readonly axis: string;
  readonly lines: readonly Line[];
}
