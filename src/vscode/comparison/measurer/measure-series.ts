import { measuredRoles } from "./compare";
import type { CallContext } from "../../../protocol/rpc-server";
import { closeSeries, openSeries } from "../../../trajectory/open-series";
import { trajectoryOf } from "../../../trajectory/measure-trajectory";
import { SeriesMemory } from "../../../trajectory/series-memory";
import type { MeasuredSeries, TrajectoryRequest } from "./measurer-api";
import { seriesSignature } from "./series-signature";

/** Of this process, which serves one panel. */
const memory = new SeriesMemory();

/**
 * Measures the checkpoints of a folder, or several by name; fewer than two are only named. What it has measured
 * before is not read again. A folder that is not there
 * yet is an empty one: the training may make it.
 * @throws CheckpointError
 */
export async function measureSeriesAt(
  { paths, all, toLast }: TrajectoryRequest,
  { signal, progress }: Pick<CallContext, "signal" | "progress">,
): Promise<MeasuredSeries> {
  // Before it is read: what is written meanwhile is a change.
  const signature = await seriesSignature(paths);
  const nothing = { trajectory: null, pending: false };
  if (signature === "") return { files: [], skipped: [], ...nothing, signature };
  const options = { roles: measuredRoles(all) };
  const { files, skipped } = await openSeries(paths, options);
  try {
    const measured =
      files.length < 2
        ? nothing
        : await trajectoryOf(files, skipped, {
            ...options,
            memory,
            toLast,
            signal,
            onProgress: (done, total) => {
              progress(done / Math.max(1, total));
            },
          });
    return { files: files.map(({ file }) => file), skipped, ...measured, signature };
  } finally {
    await closeSeries(files);
  }
}
