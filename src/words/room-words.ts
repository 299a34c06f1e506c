import type { RoomShortage } from "../protocol/live";

/** What is short, in a sentence with the figures. */
export function shortageText({ runs, need, free, root, basis }: RoomShortage): string {
  const who =
    runs === 1 ? "The run to come needs" : `The ${runs.toLocaleString("en-US")} runs to come need`;
  const by = basis === "runs" ? "judged by a finished one" : "judged by their weights";
  return `${who} about ${bytesText(need)}, ${by}; the disk of ${root} has ${bytesText(free)} left.`;
}

/** Such as "1.2 MB" or "3.4 GB": decimal, as disks are sold. */
export function bytesText(bytes: number): string {
  return bytes < 1e8 ? `${(bytes / 1e6).toFixed(1)} MB` : `${(bytes / 1e9).toFixed(1)} GB`;
}
