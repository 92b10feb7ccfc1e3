import { CommandFailure } from '#adapters/command-failure.ts';
import type { InfraEnvRecord, SiteApi } from '../site/site-api.ts';
import { isoAnswer } from '../site/site-artifacts.ts';

/** The primary volume descriptor, which every ISO has there (ECMA-119, 6.2.1 and 8.4). */
const descriptor = { from: 32_768, to: 34_815, mark: 'CD001' } as const;

/** Far longer than the composition of the largest ISO. */
const patienceMs = 20 * 60_000;

const totalOf = (answer: Response): number => Number(answer.headers.get('content-range')?.split('/')[1]);

/** Waits for the ISO, and downloads as much of it as shows that it is one. @throws CommandFailure */
export const composedStart = async (api: SiteApi, infraEnv: InfraEnvRecord): Promise<string> => {
  if (infraEnv.size_bytes === undefined) return 'left out: the release has no base ISO (`npx ove release add-iso`)';
  const signal = AbortSignal.any([api.signal, AbortSignal.timeout(patienceMs)]);
  const headers = { range: `bytes=${descriptor.from}-${descriptor.to}` };
  const answer = await isoAnswer({ ...api, signal }, infraEnv, headers);
  const start = Buffer.from(await answer.arrayBuffer());
  if (answer.status !== 206 || totalOf(answer) !== infraEnv.size_bytes) {
    throw new CommandFailure(`the ISO is not one of ${infraEnv.size_bytes} bytes, of which a part can be read`);
  }
  if (start.toString('latin1', 1, 6) !== descriptor.mark) throw new CommandFailure('what was downloaded is not an ISO');
  return `${infraEnv.size_bytes} bytes, the start of them downloaded`;
};
