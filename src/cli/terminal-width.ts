/** Characters of a line where a person reads standard output; any number where a program does. */
export function terminalWidth(): number {
  return process.stdout.isTTY ? process.stdout.columns : Infinity;
}
