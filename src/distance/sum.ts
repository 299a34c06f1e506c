/**
 * A running sum whose rounding error does not grow with the number of terms: Kahan and Babuska's sum in
 * Neumaier's form (Neumaier 1974), which keeps what each addition loses.
 */
export class CompensatedSum {
  private sum = 0;
  private lost = 0;

  add(term: number): void {
    const next = this.sum + term;
    this.lost +=
      Math.abs(this.sum) >= Math.abs(term) ? this.sum - next + term : term - next + this.sum;
    this.sum = next;
  }

  get value(): number {
    // After an infinite term the correction is NaN and has no meaning.
    return Number.isFinite(this.sum) ? this.sum + this.lost : this.sum;
  }
}
