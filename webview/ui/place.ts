/** A place in CSS pixels from an element's corner. */
export interface Place {
  readonly x: number;
  readonly y: number;
}
