/** The changes of test/fixtures/spectrum/make.py, by the same formulas. */
export interface Change {
  readonly rows: number;
  readonly columns: number;
  readonly a: Float32Array;
  readonly b: Float32Array;
}

function noise(rows: number, columns: number, seed: number): Float32Array {
  return Float32Array.from({ length: rows * columns }, (_, at) => {
    const [i, j] = [Math.floor(at / columns), at % columns];
    let x = (Math.imul(i, 2654435761) + Math.imul(j, 2246822519) + seed) >>> 0;
    x ^= x >>> 16;
    x = Math.imul(x, 0x85ebca6b);
    x ^= x >>> 13;
    x = Math.imul(x, 0xc2b2ae35);
    x ^= x >>> 16;
    return (x >>> 8) / 2 ** 23 - 1;
  });
}

/** [count, n] */
function cosines(n: number, count: number): Float64Array[] {
  return Array.from({ length: count }, (_, k) =>
    Float64Array.from(
      { length: n },
      (__, i) => Math.sqrt((k === 0 ? 1 : 2) / n) * Math.cos((Math.PI * (2 * i + 1) * k) / (2 * n)),
    ),
  );
}

function withValues(rows: number, columns: number, values: readonly number[]): Float32Array {
  const [left, right] = [cosines(rows, values.length), cosines(columns, values.length)];
  const matrix = new Float64Array(rows * columns);
  values.forEach((value, k) => {
    for (let i = 0; i < rows; i++) {
      const factor = value * left[k][i];
      for (let j = 0; j < columns; j++) matrix[i * columns + j] += factor * right[k][j];
    }
  });
  return Float32Array.from(matrix);
}

const list = (length: number, value: (i: number) => number) =>
  Array.from({ length }, (_, i) => value(i));

function change(rows: number, columns: number, b: Float32Array, a?: Float32Array): Change {
  return { rows, columns, a: a ?? new Float32Array(b.length), b };
}

export const changes: Readonly<Record<string, () => Change>> = {
  flat: () => change(600, 500, noise(600, 500, 1)),
  "flat, wide": () => change(300, 800, noise(300, 800, 2)),
  geometric: () =>
    change(
      600,
      520,
      withValues(
        600,
        520,
        list(40, (i) => 0.5 ** i),
      ),
    ),
  "power law": () =>
    change(
      560,
      700,
      withValues(
        560,
        700,
        list(120, (i) => (i + 1) ** -0.5),
      ),
    ),
  pairs: () =>
    change(
      700,
      540,
      withValues(
        700,
        540,
        list(40, (i) => 0.8 ** Math.floor(i / 2)),
      ),
    ),
  "rank 4": () => {
    const a = noise(640, 512, 3).map((value) => value * 0.125);
    const added = withValues(640, 512, [2, 1, 0.5, 0.25]);
    return change(
      640,
      512,
      a.map((value, i) => value + added[i]),
      a,
    );
  },
  small: () => change(40, 90, noise(40, 90, 4)),
  square: () => change(700, 700, noise(700, 700, 5)),
  wide: () => change(120, 2400, noise(120, 2400, 6)),
  "all decaying": () =>
    change(
      600,
      500,
      withValues(
        600,
        500,
        list(500, (i) => 0.98 ** i),
      ),
    ),
  "rank 20 and noise": () => {
    const added = noise(560, 640, 7).map((value) => value * 0.03125);
    const values = withValues(
      560,
      640,
      list(20, (i) => 20 - (15 * i) / 19),
    );
    return change(
      560,
      640,
      values.map((value, i) => value + added[i]),
    );
  },
  "few entries": () => {
    const values = noise(500, 600, 9);
    return change(
      500,
      600,
      noise(500, 600, 8).map((value, i) => (Math.abs(value) < 1 / 256 ? values[i] : 0)),
    );
  },
};
