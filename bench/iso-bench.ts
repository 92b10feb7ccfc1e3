// What composing an ISO takes, by its size; and streaming one, to compare.
import { join } from 'node:path';
import { execa } from 'execa';
import { costOf, usualPlan } from './iso-cost.ts';

export interface Place {
  /** For stacks and sparse ISOs; they are removed. */
  readonly folder: string;
  /** An openshift-install. */
  readonly installer: string;
}

export interface Composition {
  readonly size: number;
  /** Copying the base ISO into the releases bucket inside S3. */
  readonly addSeconds: number;
  readonly composeSeconds: number;
  /** Content through the functions, in bytes. */
  readonly uploaded: number;
  readonly read: number;
  /** Of the whole stack, S3 included. */
  readonly memoryMiB: number;
  readonly planMs: number;
  readonly parts: number;
  readonly streamSeconds?: number;
}

/** Small enough to be streamed in a while. */
const streamedGigabytes = 4;
const composedGigabytes = [45, 58];

const run = async ({ folder, installer }: Place, gigabytes: number, ...more: readonly string[]) => {
  const script = join(import.meta.dirname, 'iso-run.ts');
  const { stdout } = await execa(process.execPath, [script, folder, installer, String(gigabytes), ...more]);
  return JSON.parse(stdout) as Composition;
};

/** Composes ISOs of several sizes, each in a stack of its own; the first one is streamed too. Needs xorriso. */
export const compositions = async (place: Place): Promise<readonly Composition[]> => {
  const results = [await run(place, streamedGigabytes, 'stream')];
  for (const gigabytes of composedGigabytes) results.push(await run(place, gigabytes));
  return results;
};

/** What composing the sizes seen in the field costs in AWS, in USD, from the plan alone. */
export const costs = () => [35, 45, 58].map((gigabytes) => ({ gigabytes, ...costOf(usualPlan(gigabytes * 1e9)) }));
