import { CommandFailure } from '#adapters/command-failure.ts';
import type { ProgressLine } from '../progress.ts';
import { tableLines } from '../table.ts';
import { eachSite, type SiteOutcome, type SiteResult } from './each-site.ts';
import type { Reading } from './site-file.ts';

/** Where results go, and what files may name. */
export interface Shown {
  readonly say: (line: string) => void;
  readonly progress: ProgressLine;
  readonly signal: AbortSignal;
  readonly env: Readonly<Record<string, string | undefined>>;
}

const siteTable = (results: readonly SiteResult[]): readonly string[] =>
  tableLines<SiteResult>(
    [
      ['SITE', ({ name, file, error }) => (error === undefined && name !== undefined ? name : file)],
      ['RESULT', ({ result }) => result],
      ['DETAILS', ({ error, details }) => error ?? details ?? ''],
    ],
    results,
  );

interface Rows<Site extends { readonly name: string }> {
  readonly context: Shown;
  readonly files: readonly string[];
  readonly json: boolean;
  readonly read: (reading: Reading) => Promise<Site>;
  readonly work: (site: Site) => Promise<SiteOutcome>;
}

/** Works on the files, and shows one row for each; failures last. @throws CommandFailure when one failed */
export const showEach = async <Site extends { readonly name: string }>({
  context,
  files,
  json,
  read,
  work,
}: Rows<Site>): Promise<void> => {
  const { say, signal, env, progress } = context;
  const show = progress.count('sites', files.length);
  const readFile = (path: string) => read({ path, env });
  const results = await eachSite({ files, signal, read: readFile, work, onResult: show });
  progress.clear();
  const [good, bad] = [
    results.filter(({ error }) => error === undefined),
    results.filter(({ error }) => error !== undefined),
  ];
  const badLast = [...good, ...bad];
  if (json) say(JSON.stringify(badLast, null, 2));
  else for (const line of siteTable(badLast)) say(line);
  if (bad.length > 0) throw new CommandFailure(`${bad.length} of ${files.length} failed`);
};
