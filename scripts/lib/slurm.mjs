// A private Slurm on this machine, without systemd: munge, a controller and a slurmd for each virtual node, all in one
// folder and on free ports, so that several may run side by side.
import { randomBytes } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { chmod, mkdir, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { hostname } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { findCommand } from "./commands.mjs";
import { canInstallDebianPackages, installDebianPackages } from "./debian.mjs";
import { mustRun } from "./processes.mjs";
import { slurmConfiguration } from "./slurm-configuration.mjs";

const packages = ["slurm-wlm", "munge"];

/** Why no Slurm can be started here, or undefined. */
export function slurmObstacle() {
  if (process.platform !== "linux" || process.getuid?.() !== 0)
    return "a private Slurm is started as root on Linux only";
  const missing = ["slurmctld", "slurmd", "munged"].filter((name) => !findDaemon(name));
  return missing.length === 0 ? undefined : `${missing.join(", ")} not installed`;
}

/** Installs Slurm where it is missing and can be. */
export async function ensureSlurm() {
  if (slurmObstacle() === undefined || !canInstallDebianPackages()) return;
  await installDebianPackages(packages, "for the tests of the Slurm runner");
}

function findDaemon(name) {
  return findCommand(name) ?? [`/usr/sbin/${name}`].find((file) => existsSync(file));
}

/**
 * A Slurm in a folder. `nodes` maps each virtual node's name to its CPUs.
 * @typedef {{ nodes?: Record<string, number>, maxArraySize?: number }} SlurmOptions
 */
export class PrivateSlurm {
  /** @param {string} folder absolute; its name without spaces */
  constructor(folder, nodes) {
    this.folder = folder;
    this.nodes = nodes;
    /** What clients need in their environment. */
    this.env = { SLURM_CONF: path.join(folder, "etc/slurm.conf") };
  }

  /**
   * Starts one and waits until its nodes are idle.
   * @param {string} folder made where it is not there
   * @param {SlurmOptions} [options]
   */
  static async start(folder, { nodes = { n1: 1, n2: 1 }, maxArraySize = 1001 } = {}) {
    const slurm = new PrivateSlurm(path.resolve(folder), nodes);
    await slurm.writeFiles(maxArraySize);
    const munge = (name) => path.join(slurm.folder, "munge", name);
    await slurm.daemon("munged", [
      `--socket=${path.join(slurm.folder, "run/munge.sock")}`,
      `--key-file=${munge("key")}`,
      `--log-file=${munge("log")}`,
      `--pid-file=${munge("pid")}`,
      `--seed-file=${munge("seed")}`,
    ]);
    try {
      await slurm.startDaemons();
      await slurm.waitUntilIdle();
      return slurm;
    } catch (error) {
      await slurm.stop();
      throw error;
    }
  }

  /** Starts the controller and the nodes' daemons; also after they were killed. */
  async startDaemons() {
    await this.daemon("slurmctld", []);
    for (const node of Object.keys(this.nodes)) await this.daemon("slurmd", ["-N", node]);
  }

  /** The process ids of the controller and the nodes' daemons. */
  daemonPids() {
    return ["slurmctld", ...Object.keys(this.nodes).map((node) => `slurmd.${node}`)].flatMap(
      (name) => pidIn(path.join(this.folder, "run", `${name}.pid`)),
    );
  }

  /** Cancels every job, waits for their ends and ends the daemons. */
  async stop() {
    await this.client("scancel", ["--user=root"]).catch(() => undefined);
    for (let tries = 0; tries < 100 && (await this.jobs().catch(() => "")) !== ""; tries++)
      await sleep(100);
    // The order matters little: each is ended with its own children.
    const pids = [...this.daemonPids(), ...pidIn(path.join(this.folder, "munge/pid"))];
    for (const pid of pids) kill(pid, "SIGTERM");
    for (let tries = 0; tries < 50 && pids.some(isAlive); tries++) await sleep(100);
    for (const pid of pids) kill(pid, "SIGKILL");
  }

  /** Lines of squeue, as for a person. */
  async jobs() {
    return (await this.client("squeue", ["--noheader"])).trim();
  }

  /** Runs one of Slurm's commands and returns what it prints. */
  async client(command, args) {
    const log = path.join(this.folder, "log", `${command}-${randomBytes(6).toString("hex")}.out`);
    try {
      await mustRun(command, args, { env: { ...process.env, ...this.env }, log, timeout: 30_000 });
      return readFileSync(log, "utf8");
    } finally {
      await rm(log, { force: true });
    }
  }

  async daemon(name, args) {
    const log = path.join(this.folder, "log", `${name}.start.log`);
    await mustRun(findDaemon(name) ?? name, args, {
      env: { ...process.env, ...this.env },
      log,
      timeout: 30_000,
    });
  }

  async waitUntilIdle() {
    for (let tries = 0; tries < 150; tries++) {
      const states = await this.client("sinfo", [
        "--noheader",
        "--Node",
        "--partition=test",
        "--format=%T",
      ]).catch(() => "");
      const lines = states.split("\n").filter((line) => line !== "");
      if (lines.length === Object.keys(this.nodes).length && lines.every((line) => line === "idle"))
        return;
      await sleep(100);
    }
    throw new Error(`Slurm's nodes do not come up; its logs lie in ${this.folder}/log.`);
  }

  async writeFiles(maxArraySize) {
    const { folder, nodes } = this;
    await mkdir(folder, { recursive: true });
    // munge wants its socket to be reached by everybody.
    await chmod(folder, 0o755);
    for (const name of ["etc", "run", "log", "state", "munge"])
      await mkdir(path.join(folder, name), { recursive: true, mode: 0o755 });
    for (const node of Object.keys(nodes))
      await mkdir(path.join(folder, "spool", node), { recursive: true });
    await rm(path.join(folder, "munge"), { recursive: true });
    await mkdir(path.join(folder, "munge"), { mode: 0o700 });
    await writeFile(path.join(folder, "munge/key"), randomBytes(128), { mode: 0o600 });
    const ports = await freePorts(1 + Object.keys(nodes).length);
    const host = hostname().split(".")[0];
    await writeFile(
      this.env.SLURM_CONF,
      slurmConfiguration({ folder, host, nodes, ports, maxArraySize }),
    );
  }
}

function pidIn(file) {
  try {
    const pid = Number(readFileSync(file, "utf8").trim());
    return pid > 1 ? [pid] : [];
  } catch {
    return [];
  }
}

function kill(pid, signal) {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended.
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Ports of this machine that nobody listens on. */
async function freePorts(count) {
  const servers = await Promise.all(
    Array.from(
      { length: count },
      () =>
        new Promise((resolve, reject) => {
          const server = createServer();
          server.once("error", reject);
          server.listen(0, "127.0.0.1", () => resolve(server));
        }),
    ),
  );
  const ports = servers.map((server) => server.address().port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}
