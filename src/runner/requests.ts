import { access, mkdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import type { ExperimentDirectory } from "../experiment/experiment-directory";

const pollMs = 250;

/** What a person may ask of a running scheduler: files, since Windows has no signals. */
export type Request = "cancel" | "pause";

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

/** Looks for requests a few times a second and tells each change. Returns a function that stops it. */
export function watchRequests(
  directory: ExperimentDirectory,
  onChange: (request: Request, present: boolean) => void,
): () => void {
  const seen: Record<Request, boolean> = { cancel: false, pause: false };
  const look = async (request: Request) => {
    const present = await access(directory.requestFile(request)).then(
      () => true,
      () => false,
    );
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
