import { datasets as builtIn, findDataset } from "../../catalogue/datasets";
import { fetchDataset, type FetchProgress } from "../../data/fetch-dataset";
import { userDataFolder } from "../../data/user-folders";
import { findData } from "../../experiment/data-location";
import { parse } from "../arguments";
import { ShareProgress } from "../share-progress";
import { textDatasets, type PlacedDataset } from "../text-datasets";
import { UsageError } from "../usage-error";

/** `datasets`: the built-in datasets and where their data lie. `datasets download NAME` brings one here. */
export function datasets(args: readonly string[]): Promise<number> {
  return args[0] === "download" ? download(args.slice(1)) : list(args);
}

async function list(args: readonly string[]): Promise<number> {
  const options = { json: { type: "boolean" }, data: { type: "string" } } as const;
  const { values } = parse(args, options, { names: [] });
  const placed = await Promise.all(
    builtIn.map(async (entry): Promise<PlacedDataset> => {
      const found = await findData(entry, values.data ?? dataDirectory());
      return { ...entry, place: found?.folder ?? null };
    }),
  );
  process.stdout.write(
    values.json ? `${JSON.stringify({ datasets: placed })}\n` : textDatasets(placed),
  );
  return 0;
}

async function download(args: readonly string[]): Promise<number> {
  const options = {
    from: { type: "string" },
    to: { type: "string" },
    unchecked: { type: "boolean" },
  } as const;
  const { values, positionals } = parse(args, options, { names: ["NAME"] });
  const entry = findDataset(positionals[0] ?? "");
  if (!entry || entry.archives.length === 0) {
    const names = builtIn.filter(({ archives }) => archives.length > 0).map(({ id }) => id);
    throw new UsageError(
      `There is nothing to download for ${positionals[0]}; there is for ${names.join(", ")}.`,
    );
  }
  if (values.unchecked && values.from === undefined)
    throw new UsageError("--unchecked goes with --from: what is published is always checked.");
  const asked = values.to ?? dataDirectory();
  const there = values.from === undefined ? await findData(entry, asked) : null;
  if (there) {
    process.stdout.write(`${entry.title} is at ${there.folder}\n`);
    return 0;
  }
  const cancel = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
    process.once(signal, () => {
      cancel.abort();
    });
  const progress = new FileProgress();
  try {
    const folder = await fetchDataset(entry, {
      to: asked ?? userDataFolder(),
      ...(values.from !== undefined && { from: values.from }),
      unchecked: values.unchecked ?? false,
      signal: cancel.signal,
      onProgress: progress.show,
    });
    progress.end();
    process.stdout.write(`${entry.title} is at ${folder}\n`);
    return 0;
  } catch (error) {
    progress.end();
    if (!cancel.signal.aborted) throw error;
    process.stderr.write("Cancelled. The same command goes on from here.\n");
    return 1;
  }
}

function dataDirectory(): string | null {
  return process.env["WEIGHT_ODOMETER_DATA"] ?? null;
}

/** A line for each file, downloaded and then unpacked. */
class FileProgress {
  private what = "";
  private line: ShareProgress | null = null;

  readonly show = ({ phase, file, done, total }: FetchProgress): void => {
    const what = `${phase === "download" ? "Downloading" : "Unpacking"} ${file}`;
    if (what !== this.what) {
      this.end();
      this.line = new ShareProgress(what);
    }
    this.what = what;
    if (total !== null) this.line?.show(done, total);
  };

  end(): void {
    this.line?.end();
  }
}
