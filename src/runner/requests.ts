import { access, mkdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import type { ExperimentDirectory } from "../experiment/experiment-directory";

const pollMs = 250;

/**
 * What a person may ask of a running scheduler: files, since Windows has no signals. "fill-disk" and "keep-final" answer a
 * scheduler that asks whether to go on without room for all runs.
 */
export type Request = "cancel" | "pause" | "fill-disk" | "keep-final";
type StandingRequest = "cancel" | "pause";

export async function makeRequest(directory: ExperimentDirectory, request: Request): Promise<void> {
  const file = directory.requestFile(request);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, "");
}

export async function withdrawRequest(
  directory: ExperimentDirectory,
  request: Request,
): Promise<void> {
  await rm(directory.requestFile(request), { force: true });
}

/** Whether something is asked for; if so, it is no longer. */
export async function takeRequest(
  directory: ExperimentDirectory,
  request: Request,
): Promise<boolean> {
  return rm(directory.requestFile(request)).then(
    () => true,
    () => false,
  );
}

/** Whether something was asked for and not withdrawn, also where no scheduler is left to hear it. */
export async function isRequested(
  directory: ExperimentDirectory,
  request: Request,
): Promise<boolean> {
  return access(directory.requestFile(request)).then(
    () => true,
    () => false,
  );
}

/** Looks for cancel and pause a few times a second and tells each change. Returns a function that stops it. */
export function watchRequests(
  directory: ExperimentDirectory,
  onChange: (request: StandingRequest, present: boolean) => void,
): () => void {
  const seen: Record<StandingRequest, boolean> = { cancel: false, pause: false };
  const look = async (request: StandingRequest) => {
    const present = await isRequested(directory, request);
    if (present === seen[request]) return;
    seen[request] = present;
    onChange(request, present);
  };
  const timer = setInterval(() => {
    void look("cancel");
    void look("pause");
  }, pollMs);
  return () => {
    clearInterval(timer);
  };
}
