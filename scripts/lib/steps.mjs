// An installation in steps: each leaves a stamp when it is whole, and is skipped from then on.
import { existsSync, linkSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { mkdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/**
 * @typedef {{ readonly name: string, readonly action: (log: string) => Promise<void> }} Step
 */

/**
 * Takes the steps in order. A step that was interrupted has no stamp and is taken again, and with it
 * all after it, for they build on what it makes.
 * @param {string} folder
 * @param {string} recipe a folder made by another recipe is emptied first
 * @param {readonly Step[]} steps
 */
export async function takeSteps(folder, recipe, steps) {
  await mkdir(folder, { recursive: true });
  const release = await lock(`${folder}.lock`);
  try {
    const recipeFile = path.join(folder, ".recipe");
    if (!existsSync(recipeFile) || readFileSync(recipeFile, "utf8") !== recipe) {
      await rm(folder, { recursive: true, force: true });
      await mkdir(folder, { recursive: true });
      await writeFile(recipeFile, recipe);
    }
    const stamps = path.join(folder, ".stamps");
    await mkdir(stamps, { recursive: true });
    const first = steps.findIndex(({ name }) => !existsSync(path.join(stamps, name)));
    if (first === -1) return;
    for (const { name } of steps.slice(first)) await rm(path.join(stamps, name), { force: true });
    for (const { name, action } of steps.slice(first)) {
      const began = performance.now();
      const log = path.join(folder, `${name}.log`);
      await rm(log, { force: true });
      await action(log);
      await writeFile(path.join(stamps, name), "");
      console.log(`  ${name}: ${((performance.now() - began) / 1000).toFixed(1)} s`);
    }
  } finally {
    release();
  }
}

/** Two test runs of one checkout must not install over each other: the second waits. */
async function lock(file) {
  const own = `${file}.${process.pid}`;
  const release = () => rmSync(file, { force: true });
  writeFileSync(own, String(process.pid));
  try {
    for (let said = false; ;) {
      try {
        // A link appears whole, with the holder's number in it.
        linkSync(own, file);
        process.on("exit", release);
        return () => {
          process.off("exit", release);
          release();
        };
      } catch (error) {
        if (error.code !== "EEXIST") throw error;
      }
      if (!isAlive(holder(file))) release();
      else {
        if (!said) {
          console.log(`  waiting for process ${holder(file)}, which holds ${file}`);
          said = true;
        }
        await sleep(500);
      }
    }
  } finally {
    rmSync(own, { force: true });
  }
}

function holder(file) {
  try {
    return Number(readFileSync(file, "utf8"));
  } catch {
    return 0;
  }
}

function isAlive(pid) {
  if (!(pid > 0)) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}
