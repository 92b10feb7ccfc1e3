import type { Sign } from '../api/api-request.ts';
import { findTarget } from '../find-target.ts';
import { type TargetChoice, usualData } from '../release-target.ts';
import { siteApi } from '../site/site-api.ts';
import { commandLine, type Words } from '../words.ts';
import { help } from './smoke-help.ts';
import { stepsShownBy } from './step.ts';
import { walkThrough } from './walk.ts';

/** What the command needs of the process that it runs in. */
export interface SmokeContext {
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Signs with the AWS credentials of the environment. */
  readonly signer: () => Promise<Sign>;
}

export const smokeOptions = { stack: 'string', data: 'string', release: 'string' } as const;

const { misuse, readWords } = commandLine({ typed: 'npx ove smoke', common: { help: 'boolean' } });

/** For the deletion, which goes on when the rest is stopped. */
const cleaningMs = 60_000;

const choiceOf = ({ text }: Words): TargetChoice => {
  const [stack, data] = [text('stack'), text('data')];
  if (stack !== undefined && data !== undefined) {
    throw misuse('--stack names a deployed stack, --data the local one: choose one');
  }
  return { stack, data: data ?? usualData };
};

/**
 * Runs one command line, e.g. `['--stack', 'OveIgnition']`.
 *
 * @throws CommandFailure, and whatever AWS throws
 */
export const runSmokeCommand = async (
  args: readonly string[],
  { say, signal, env, signer }: SmokeContext,
): Promise<void> => {
  const words = readWords({ command: '', args, options: smokeOptions });
  if (words.flag('help')) return say(help);
  if (words.positionals[0] !== undefined) throw misuse(`${words.positionals[0]} means nothing here`);
  const choice = choiceOf(words);
  const { api, option } = await findTarget(choice);
  const token = env.OVE_IGNITION_TOKEN;
  const signs = choice.stack !== undefined && token === undefined;
  const caller = { api, token, ...(signs ? { sign: await signer() } : {}) };
  await walkThrough({
    step: stepsShownBy(say),
    as: {
      caller: siteApi({ ...caller, signal }),
      stranger: siteApi({ api, token: undefined, signal }),
      forger: siteApi({ api, token: 'nobody-issued-this', signal }),
    },
    cleaner: siteApi({ ...caller, signal: AbortSignal.timeout(cleaningMs) }),
    mayBeOpen: choice.stack === undefined && token === undefined,
    version: words.text('release'),
    addRelease: `\`npx ove release add VERSION${option}\` adds one`,
  });
};
