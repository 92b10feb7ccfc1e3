import { call, urlOf } from './call.ts';
import type { InfraEnv } from './infra-envs.ts';
import { Refusal, reasonOf, refusalOf } from './refusal.ts';

export type IsoState =
  | { readonly name: 'preparing'; readonly done?: number; readonly parts?: number }
  /** What can be downloaded: without a base ISO of the release, the ignition alone. */
  | { readonly name: 'ready'; readonly has: 'iso' | 'ignition' }
  | { readonly name: 'failed'; readonly reason: string };

const outcomes = ['ignition_generated', 'ignition_generation_failed', 'iso_composed', 'iso_composition_failed'];

/** What became of the present settings, if that is known: earlier ones have events of their own. */
const lastOutcome = async ({ id, updated_at }: InfraEnv) => {
  const path = `/v2/events?infra_env_id=${id}&order=descending&limit=20`;
  const events = await call<'ListEvents'>({ method: 'GET', path });
  return events.find(
    ({ name, event_time }) => outcomes.includes(name) && Date.parse(event_time) >= Date.parse(updated_at),
  );
};

const progressIn = (reason: string): IsoState => {
  const [, done, parts] = /(\d+) of (\d+) parts/.exec(reason) ?? [];
  return parts === undefined ? { name: 'preparing' } : { name: 'preparing', done: Number(done), parts: Number(parts) };
};

/** Asking for an ISO that is not there has it composed. */
const stateOfIso = async ({ download_url = '' }: InfraEnv): Promise<IsoState> => {
  const answer = await fetch(urlOf(new URL(download_url).pathname), {
    redirect: 'manual',
    headers: { accept: 'application/json' },
  });
  if (answer.type === 'opaqueredirect') return { name: 'ready', has: 'iso' };
  const { status, message } = await refusalOf(answer);
  return status === 503 ? progressIn(message) : { name: 'failed', reason: message };
};

/** A link to the ignition, or to the medium with the settings of a site; it is made now if it is not there. */
export const linkTo = async ({ id }: InfraEnv, file: 'discovery.ign' | 'config.iso'): Promise<string> => {
  const path = `/v2/infra-envs/${id}/downloads/files-presigned?file_name=${file}`;
  return (await call<'PresignInfraEnvFile'>({ method: 'GET', path })).url;
};

const stateOfIgnition = async (infraEnv: InfraEnv): Promise<IsoState> => {
  await linkTo(infraEnv, 'discovery.ign');
  return { name: 'ready', has: 'ignition' };
};

const isTemporary = (error: unknown): boolean => error instanceof Refusal && error.status === 503;

/** What there is of an ISO, and of its ignition where the release has no base ISO. */
export const isoState = async (infraEnv: InfraEnv): Promise<IsoState> => {
  const outcome = await lastOutcome(infraEnv);
  if (outcome?.name.endsWith('failed')) return { name: 'failed', reason: outcome.message };
  if (infraEnv.size_bytes !== undefined) return stateOfIso(infraEnv);
  if (outcome !== undefined) return { name: 'ready', has: 'ignition' };
  try {
    return await stateOfIgnition(infraEnv);
  } catch (error) {
    return isTemporary(error) ? { name: 'preparing' } : { name: 'failed', reason: reasonOf(error) };
  }
};
