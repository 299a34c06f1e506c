/** The path of a curve through places in pixels; where one is null there is a gap. */
export function linePath(places: readonly (readonly [number, number] | null)[]): string {
  let path = "";
  let open = false;
  for (const place of places) {
    if (place !== null) path += `${open ? "L" : "M"}${place[0].toFixed(1)} ${place[1].toFixed(1)}`;
    open = place !== null;
  }
  return path;
}
