import { failureLine } from '../failure-line.ts';
import { type Reading, readSites } from './site-readings.ts';

/** What was done for a site. */
export interface SiteOutcome {
  readonly result: string;
  readonly details?: string;
  readonly cluster_id?: string;
  readonly infra_env_id?: string;
}

/** What became of one file. */
export interface SiteResult extends SiteOutcome {
  readonly file: string;
  readonly name?: string;
  readonly error?: string;
}

interface Work<Site extends { readonly name: string }> {
  readonly files: readonly string[];
  readonly signal: AbortSignal;
  readonly read: (file: string) => Promise<Site>;
  readonly work: (site: Site) => Promise<SiteOutcome>;
  /** Called with each result as it comes. */
  readonly onResult: (result: SiteResult) => void;
}

/** Requests of one command at a time: the deployed API takes 100 a second of all callers together. */
const atOnce = 8;

const failed = (file: string, error: unknown): SiteResult => ({
  file,
  result: 'failed',
  error: failureLine(error, '').replace(/^: /, ''),
});

/**
 * Works on all files, some at once. One that fails does not keep the others from being done.
 *
 * @returns what became of them, in the order of the files
 */
export const eachSite = async <Site extends { readonly name: string }>({
  files,
  signal,
  read,
  work,
  onResult,
}: Work<Site>): Promise<readonly SiteResult[]> => {
  const results: SiteResult[] = [];
  const left = (await readSites(files, read)).entries();
  const one = async (reading: Reading<Site>): Promise<SiteResult> => {
    if (!('site' in reading)) return failed(reading.file, reading.error);
    const { file, site } = reading;
    try {
      return { file, name: site.name, ...(await work(site)) };
    } catch (error) {
      signal.throwIfAborted();
      return { ...failed(file, error), name: site.name };
    }
  };
  const worker = async (): Promise<void> => {
    for (const [index, reading] of left) {
      signal.throwIfAborted();
      const result = await one(reading);
      results[index] = result;
      onResult(result);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return results;
};
