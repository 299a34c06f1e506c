/**
 * Arguments in which an option's value may be left out: "--csv" alone becomes "--csv=", as "--csv=FILE" and
 * "--csv FILE.csv" name a file. Only a next argument with this extension is taken for the value, so that
 * "--csv A B" still names two checkpoints.
 */
export function withOptionalValue(
  args: readonly string[],
  option: string,
  extension: string,
): string[] {
  const result: string[] = [];
  for (let i = 0; i < args.length; i++) {
    if (args[i] !== option) result.push(args[i]);
    else if (args.at(i + 1)?.endsWith(extension)) result.push(`${option}=${args[++i]}`);
    else result.push(`${option}=`);
  }
  return result;
}
