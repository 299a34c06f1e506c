import { z } from "zod";
import type { RunResult } from "../protocol/results";
import type { RunEngine } from "../protocol/run";
import { canonicalHash } from "./canonical";
import { parseJson } from "./experiment-directory";
import { engineSchema, requestOf, type RunRecord } from "./run-record";
import { runResultSchema } from "./run-result-schema";

/** What the ledger keeps of a finished run: enough to list it, and its measured result. */
export interface LedgerDetail {
  readonly engine: RunEngine;
  readonly dataSha256: string;
  readonly parameters: number;
  /** What the run's metrics were read from: see sourcesMark. */
  readonly metricSources: string;
  readonly result: RunResult;
}

/** The part of a line that lists need; the rest is parsed when somebody asks for it. */
export interface LedgerEntry {
  readonly key: string;
  /** What was asked for: see requestOf. */
  readonly request: string;
  /** Hashes of engine and data: see originOf. */
  readonly origin: string;
  /** LedgerDetail as JSON in UTF-8; empty where the run was not measured yet. */
  readonly detail: Buffer;
}

const [space, brace] = [" ".charCodeAt(0), "}".charCodeAt(0)];

/**
 * Of an index file: `key request origin JSON`. Only what lists need becomes strings: 100,000 lines are 100 MB.
 * Null for a line that is none: one that was cut off.
 */
export function parseLine(line: Buffer): LedgerEntry | null {
  if (line[32] !== space) return null;
  const second = line.indexOf(space, 33);
  if (second < 0 || line[second + 33] !== space || line.at(-1) !== brace) return null;
  return {
    key: line.toString("latin1", 0, 32),
    request: line.toString("latin1", 33, second),
    origin: line.toString("latin1", second + 1, second + 33),
    detail: line.subarray(second + 34),
  };
}

export function lineOf({ key, request, origin, detail }: LedgerEntry): string {
  return `${key} ${request} ${origin} ${detail.toString("utf8")}`;
}

const half = 16;

/** What trained a run, and on what: 16 hexadecimal digits each. */
function originOf(engine: RunEngine, dataSha256: string): string {
  return canonicalHash(engine).slice(0, half) + dataMark(dataSha256);
}

/** The part of an origin that stands for the data. */
export function dataMark(dataSha256: string): string {
  return canonicalHash(dataSha256).slice(0, half);
}

export function dataMarkOf({ origin }: LedgerEntry): string {
  return origin.slice(half);
}

/** Entry of a record, and of its result where it was measured. */
export function entryOf(
  record: RunRecord,
  result: RunResult | null,
  metricSources = "",
): LedgerEntry {
  const { key, settings, seeds, engine, dataSha256, parameters } = record;
  return {
    key,
    request: requestOf(settings, seeds),
    origin: originOf(engine, dataSha256),
    detail: Buffer.from(
      result
        ? JSON.stringify({
            engine,
            dataSha256,
            parameters,
            metricSources,
            result,
          } satisfies LedgerDetail)
        : "",
    ),
  };
}

const detailSchema: z.ZodType<LedgerDetail> = z.strictObject({
  engine: engineSchema,
  dataSha256: z.string(),
  parameters: z.int().min(1),
  metricSources: z.string().default(""),
  result: runResultSchema,
});

/** Null where the run was not measured, or the line is damaged: then it is measured anew. */
export function detailOf({ detail }: LedgerEntry): LedgerDetail | null {
  if (detail.length === 0) return null;
  return detailSchema.safeParse(parseJson(detail.toString("utf8"))).data ?? null;
}
