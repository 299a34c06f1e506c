import { parseArgs, type ParseArgsConfig } from "node:util";
import { UsageError } from "./usage-error";

type Options = NonNullable<ParseArgsConfig["options"]>;

/**
 * Parses a command's arguments and checks how many of them are not options.
 * @throws UsageError that names what is wrong
 */
export function parse<T extends Options>(
  args: readonly string[],
  options: T,
  positionals: {
    readonly names: readonly string[];
    readonly optional?: boolean;
    /** Whether the last may be given several times. */
    readonly more?: boolean;
  },
) {
  const parsed = parseStrictly(args, options);
  const { names, optional = false, more = false } = positionals;
  const count = parsed.positionals.length;
  if (count > names.length && !more)
    throw new UsageError(`Unexpected argument ${parsed.positionals[names.length]}.`);
  if (count < names.length && !(optional && count === 0))
    throw new UsageError(`${names[count]} is missing.`);
  return parsed;
}

function parseStrictly<T extends Options>(args: readonly string[], options: T) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

/** A whole number from `least` up; undefined where the option was not given. @throws UsageError */
export function wholeNumber(
  name: string,
  text: string | undefined,
  least: number,
): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(value) || value < least)
    throw new UsageError(
      `--${name} takes a whole number from ${least}, not ${JSON.stringify(text)}.`,
    );
  return value;
}

/** A decimal number from 0 up; undefined where the option was not given. @throws UsageError */
export function decimal(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^(\d+\.?\d*|\.\d+)$/.test(text))
    throw new UsageError(`--${name} takes a number such as 0.1, not ${JSON.stringify(text)}.`);
  return Number(text);
}

/** One of some words; undefined where the option was not given. @throws UsageError */
export function oneOf<T extends string>(
  name: string,
  text: string | undefined,
  words: readonly T[],
): T | undefined {
  if (text === undefined) return undefined;
  const found = words.find((word) => word === text);
  if (found === undefined)
    throw new UsageError(`--${name} is one of ${words.join(", ")}, not ${JSON.stringify(text)}.`);
  return found;
}
