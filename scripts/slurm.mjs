// node scripts/slurm.mjs start|stop FOLDER: a private Slurm with two virtual nodes to try things on (Debian, as root).
import path from "node:path";
import { PrivateSlurm, ensureSlurm, slurmObstacle } from "./lib/slurm.mjs";

const [action, folder] = process.argv.slice(2);
if ((action !== "start" && action !== "stop") || folder === undefined) {
  console.error("node scripts/slurm.mjs start|stop FOLDER");
  process.exit(2);
}
const nodes = { n1: 1, n2: 1 };
if (action === "stop") await new PrivateSlurm(path.resolve(folder), nodes).stop();
else {
  await ensureSlurm();
  const obstacle = slurmObstacle();
  if (obstacle !== undefined) {
    console.error(`No Slurm here: ${obstacle}.`);
    process.exit(1);
  }
  const slurm = await PrivateSlurm.start(folder, { nodes });
  console.log(`export SLURM_CONF=${slurm.env.SLURM_CONF}`);
}
