import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { expect, test } from "vitest";
import { trainerEnvironment } from "../../../src/runner/trainer-environment";

const loader = "/lib64/ld-linux-x86-64.so.2";

test("keeps the user's environment and runs VS Code's program as Node", () => {
  expect(trainerEnvironment({ HOME: "/home/user" })).toMatchObject({
    HOME: "/home/user",
    ELECTRON_RUN_AS_NODE: "1",
  });
});

test.runIf(existsSync(loader))("glibc takes these settings, and the user's before them", () => {
  const tunables = (own: NodeJS.ProcessEnv) =>
    execFileSync(loader, ["--list-tunables"], { env: trainerEnvironment(own), encoding: "utf8" });
  const asked = tunables({});
  expect(asked).toMatch(/glibc\.malloc\.mmap_max: 0 /);
  expect(asked).toMatch(/glibc\.malloc\.trim_threshold: 0x400000000 /);
  expect(asked).toMatch(/glibc\.malloc\.top_pad: 0x4000000 /);
  const users = tunables({ GLIBC_TUNABLES: "glibc.malloc.mmap_max=7" });
  expect(users).toMatch(/glibc\.malloc\.mmap_max: 7 /);
});
