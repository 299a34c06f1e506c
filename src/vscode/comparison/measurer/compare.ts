import { openCheckpoint } from "../../../checkpoint/open";
import type { TensorRole } from "../../../checkpoint/checkpoint";
import { summarise } from "../../../comparison/summarise";
import { compareCheckpoints } from "../../../distance/compare-checkpoints";
import type { CallContext } from "../../../protocol/rpc-server";
import type { CompareRequest, Compared } from "./measurer-api";

/** Roles of what is measured, as the command line's `--all` has them. */
export function measuredRoles(all: boolean): readonly TensorRole[] {
  return all ? ["weight", "buffer", "average"] : ["weight"];
}

/** Compares two checkpoints that lie at paths. @throws CheckpointError */
export async function compare(
  { a, b, all }: CompareRequest,
  { signal, progress }: Pick<CallContext, "signal" | "progress">,
): Promise<Compared> {
  const first = await openCheckpoint(a);
  try {
    const second = await openCheckpoint(b);
    try {
      const comparison = await compareCheckpoints(first, second, {
        roles: measuredRoles(all),
        signal,
        onProgress: (done, total) => {
          progress(done / Math.max(1, total));
        },
      });
      const { sentences } = summarise(comparison);
      return { formatA: first.format, formatB: second.format, comparison, summary: sentences };
    } finally {
      await second.close();
    }
  } finally {
    await first.close();
  }
}
