import type { Numbers } from "./read-elements";

/**
 * Count, mean, deviations, norm and range of finite values, gathered block by block. A block's mean and squared
 * deviations are joined to those before by Chan, Golub and LeVeque's update (1983), which does not cancel.
 */
export class Moments {
  count = 0;
  nonFinite = 0;
  zeros = 0;
  min = Infinity;
  max = -Infinity;
  mean = 0;
  squares = 0;
  private deviations = 0;

  add(values: Numbers): void {
    let count = 0;
    let sum = 0;
    let squares = 0;
    for (let i = 0; i < values.length; i++) {
      const value = values[i];
      // NaN and infinities alone differ from themselves when they are taken from themselves.
      if (value - value !== 0) continue;
      count++;
      sum += value;
      squares += value * value;
      if (value === 0) this.zeros++;
      if (value < this.min) this.min = value;
      if (value > this.max) this.max = value;
    }
    this.nonFinite += values.length - count;
    if (count === 0) return;
    const mean = sum / count;
    let deviations = 0;
    for (let i = 0; i < values.length; i++) {
      const value = values[i];
      if (value - value !== 0) continue;
      deviations += (value - mean) ** 2;
    }
    const total = this.count + count;
    const apart = mean - this.mean;
    this.deviations += deviations + apart * apart * ((this.count * count) / total);
    this.mean += (apart * count) / total;
    this.squares += squares;
    this.count = total;
  }

  /** Over all values (divided by n). */
  get std(): number {
    return Math.sqrt(this.deviations / this.count);
  }
}
