// The browser that shows VS Code in the tests.
import { findCommand } from "./commands.mjs";
import { installDebianPackages } from "./debian.mjs";

/** The browser's path, or undefined. */
export function findChromium() {
  return findCommand("chromium", "chromium-browser", "google-chrome-stable", "google-chrome");
}

/** Installs it where it is missing and can be. */
export async function ensureChromium() {
  if (findChromium() !== undefined) return;
  await installDebianPackages(["chromium"], "to show VS Code in the tests");
}

/** No sandbox: it refuses to run as root. WebGL is drawn by the CPU; nothing is fetched in the background. */
export const chromiumArguments = [
  "--no-sandbox",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-dev-shm-usage",
  "--use-angle=swiftshader",
  "--enable-unsafe-swiftshader",
];
