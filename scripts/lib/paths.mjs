// Where things lie in this checkout.
import path from "node:path";
import { fileURLToPath } from "node:url";

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");

/** Everything that can be made again: installed tools, screenshots, test results. Git ignores it. */
export const cache = path.join(root, ".cache");

export const codeServerVersion = "4.100.3";
export const codeServerFolder = path.join(cache, `code-server-${codeServerVersion}`);

/** A file of an installed package, such as a tool's entry point: started with node, no shell and no shim between. */
export function packageFile(...parts) {
  return path.join(root, "node_modules", ...parts);
}
