import type { Results } from "../protocol/results";

/**
 * What label corruption made of the labels, and the mean accuracy on training images by the labels given and by the
 * true ones; empty where no label was changed.
 */
export function textLabels({ runResults }: Results): string {
  const told = runResults.flatMap(({ realisedRate, trainAccuracy }) =>
    realisedRate !== null && realisedRate > 0 ? [{ realisedRate, trainAccuracy }] : [],
  );
  if (told.length === 0) return "";
  const rates = told.map(({ realisedRate }) => realisedRate);
  const [least, most] = [Math.min(...rates), Math.max(...rates)];
  const text = `Labels really changed: ${least === most ? "" : `${percent(least)} to `}${percent(most)}`;
  const mean = (kind: "given" | "true") => {
    const values = told.map(({ trainAccuracy }) => trainAccuracy?.[kind] ?? null);
    const known = values.filter((value) => value !== null);
    return known.length === 0 ? null : known.reduce((a, b) => a + b, 0) / known.length;
  };
  const [given, real] = [mean("given"), mean("true")];
  if (given === null || real === null) return text;
  return `${text}\nTraining images right by the labels given ${percent(given)}, by the true ones ${percent(real)}`;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(2)} %`;
}
