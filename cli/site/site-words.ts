import type { Sign } from '../api/api-request.ts';
import { readApi, runningApi } from '../api/find-api.ts';
import { usualData } from '../release-target.ts';
import { commandLine, type OptionKinds, type Words } from '../words.ts';
import type { Shown } from './show-each.ts';
import { type SiteApi, siteApi } from './site-api.ts';

/** What the commands need of the process that they run in. */
export interface SiteContext extends Shown {
  /** Signs with the AWS credentials of the environment. */
  readonly signer: () => Promise<Sign>;
}

export interface Command {
  readonly options: OptionKinds;
  /** Reads the words at once, before anything else is done, and gives the work. */
  readonly plan: (words: Words) => (context: SiteContext) => Promise<void>;
}

/** Options of the commands that ask the API and show a row for each site. */
export const remote = { api: 'string', data: 'string', iam: 'boolean', json: 'boolean' } as const;

export const { misuse, optionNames, readWords } = commandLine({ typed: 'npx ove site', common: { help: 'boolean' } });

export const filesOf = ({ positionals }: Words, command: string): readonly string[] => {
  if (positionals.length === 0) throw misuse('which site? Name its file', command);
  return positionals;
};

export const accessOf = ({ text, flag }: Words, command: string) => {
  const [api, data] = [text('api'), text('data')];
  if (api !== undefined && data !== undefined)
    throw misuse('--api names an address, --data a local stack: choose one', command);
  const address = api === undefined ? undefined : readApi(api, (reason) => misuse(reason, command));
  return async ({ signal, env, signer }: SiteContext): Promise<SiteApi> =>
    siteApi({
      api: address ?? (await runningApi(data ?? usualData)),
      signal,
      token: flag('iam') ? undefined : env.OVE_IGNITION_TOKEN,
      ...(flag('iam') ? { sign: await signer() } : {}),
    });
};
