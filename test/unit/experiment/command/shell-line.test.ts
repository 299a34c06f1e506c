import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { shellLine } from "../../../../src/experiment/command/shell-line";

describe("shellLine", () => {
  it("makes references to variables of placeholders, never text", () => {
    expect(shellLine("train --seed ${seed} --lr ${learningRate}")).toBe(
      'train --seed "${WEIGHT_ODOMETER_SEED}" --lr "${WEIGHT_ODOMETER_LEARNING_RATE}"',
    );
    expect(shellLine('train "--out=${runDirectory}/x" $${seed} \\"')).toBe(
      'train "--out=${WEIGHT_ODOMETER_RUN_DIRECTORY}/x" ${seed} \\"',
    );
  });

  it("refuses placeholders where nothing is expanded, or where quotes cannot be told", () => {
    expect(() => shellLine("echo '${seed}'")).toThrow(/single quotes/);
    expect(() => shellLine('echo "$(date) ${seed}"')).toThrow(/"\$WEIGHT_ODOMETER_SEED"/);
  });

  it.runIf(process.platform !== "win32")("keeps any value one word, whatever is in it", () => {
    const value = `two  words'; echo "$(id)" \`id\` * $HOME\nline`;
    for (const line of ["${name}", '"${name}"', '"a"${name}', "\\'${name}"]) {
      const printed = execFileSync("/bin/sh", ["-c", shellLine(`printf '[%s]' ${line}`)], {
        env: { WEIGHT_ODOMETER_NAME: value },
        encoding: "utf8",
      });
      expect(printed.match(/\[/g)).toHaveLength(1);
      expect(printed).toContain(value);
    }
  });
});
