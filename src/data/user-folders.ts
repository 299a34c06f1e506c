import { homedir } from "node:os";
import path from "node:path";

type Environment = Readonly<Record<string, string | undefined>>;

/** Folder that downloaded datasets go to where none is named: the platform's place for a user's data. */
export function userDataFolder(environment: Environment = process.env): string {
  const { XDG_DATA_HOME, LOCALAPPDATA } = environment;
  if (process.platform === "win32")
    return path.join(
      LOCALAPPDATA ?? path.join(homedir(), "AppData/Local"),
      "weight-odometer/datasets",
    );
  if (process.platform === "darwin")
    return path.join(homedir(), "Library/Application Support/weight-odometer/datasets");
  return path.join(
    XDG_DATA_HOME || path.join(homedir(), ".local/share"),
    "weight-odometer/datasets",
  );
}

/** Folder of what can be made anew at any time: the platform's place for caches. */
export function userCacheFolder(environment: Environment = process.env): string {
  const { XDG_CACHE_HOME, LOCALAPPDATA } = environment;
  if (process.platform === "win32")
    return path.join(
      LOCALAPPDATA ?? path.join(homedir(), "AppData/Local"),
      "weight-odometer/cache",
    );
  if (process.platform === "darwin") return path.join(homedir(), "Library/Caches/weight-odometer");
  return path.join(XDG_CACHE_HOME || path.join(homedir(), ".cache"), "weight-odometer");
}

const defaultCacheGigabytes = 20;

/**
 * Where decoded images are kept and how many bytes they may take in all: `WEIGHT_ODOMETER_CACHE_GB` gigabytes, 20 where
 * it is not set; null where it is 0.
 */
export function cacheLimits(
  environment: Environment = process.env,
): { readonly folder: string; readonly limit: number } | null {
  const gigabytes = Number(environment["WEIGHT_ODOMETER_CACHE_GB"] ?? defaultCacheGigabytes);
  if (!(gigabytes > 0)) return null;
  return { folder: path.join(userCacheFolder(environment), "images"), limit: gigabytes * 1e9 };
}
