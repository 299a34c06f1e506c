import { measuredRoles } from "./compare";
import type { CallContext } from "../../../protocol/rpc-server";
import { closeSeries, openSeries } from "../../../trajectory/open-series";
import { trajectoryOf } from "../../../trajectory/measure-trajectory";
import type { MeasuredSeries, TrajectoryRequest } from "./measurer-api";
import { seriesSignature } from "./series-signature";

/**
 * Measures the checkpoints of a folder, or several by name; fewer than two are only named. A folder that is not there
 * yet is an empty one: the training may make it.
 * @throws CheckpointError
 */
export async function measureSeriesAt(
  { paths, all }: TrajectoryRequest,
  { signal, progress }: Pick<CallContext, "signal" | "progress">,
): Promise<MeasuredSeries> {
  // Before it is read: what is written meanwhile is a change.
  const signature = await seriesSignature(paths);
  if (signature === "") return { files: [], skipped: [], trajectory: null, signature };
  const options = { roles: measuredRoles(all) };
  const { files, skipped } = await openSeries(paths, options);
  try {
    const trajectory =
      files.length < 2
        ? null
        : await trajectoryOf(files, skipped, {
            ...options,
            signal,
            onProgress: (done, total) => {
              progress(done / Math.max(1, total));
            },
          });
    return { files: files.map(({ file }) => file), skipped, trajectory, signature };
  } finally {
    await closeSeries(files);
  }
}
