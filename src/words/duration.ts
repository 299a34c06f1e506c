/** A duration in the words a person would use: `8.4 s`, `1 min 24 s`, `25 min`, `2 h 5 min`, `3 d 4 h`. */
export function duration(seconds: number): string {
  if (seconds < 9.95) return `${Math.max(0, seconds).toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 600) return pair(whole, 60, "min", "s");
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  return minutes < 1440
    ? pair(minutes, 60, "h", "min")
    : pair(Math.round(minutes / 60), 24, "d", "h");
}

function pair(value: number, unit: number, large: string, small: string): string {
  const rest = value % unit;
  return `${Math.floor(value / unit)} ${large}${rest === 0 ? "" : ` ${rest} ${small}`}`;
}

/** A time left or gone, no finer than an estimate deserves: `11 s`, `2 min`, `2 h 5 min`. */
export function roughly(seconds: number): string {
  const whole = Math.max(1, Math.round(seconds));
  return whole < 60 ? `${whole} s` : duration(60 * Math.round(whole / 60));
}
