// node scripts/install-code-server.mjs [VERSION DIR]
// Installs code-server from npm and Debian's packages alone, for the tests in a real VS Code.
// Leaves DIR/bin/code-server (the server) and DIR/bin/code-ext (VS Code's own server: --install-extension).
import { installCodeServer } from "./lib/code-server.mjs";
import { codeServerFolder, codeServerVersion } from "./lib/paths.mjs";

const [version = codeServerVersion, folder = codeServerFolder, ...rest] = process.argv.slice(2);
if (rest.length > 0) {
  console.error("usage: node scripts/install-code-server.mjs [VERSION DIR]");
  process.exit(2);
}
try {
  console.log(`code-server ${version} in ${folder}`);
  await installCodeServer(version, folder);
  console.log("ready");
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
