import { infraEnvStore } from '#adapters/infra-env-store.ts';
import { watchedSecretStore } from '#adapters/secret-watch.ts';
import { secretLookSeconds } from '#domain/infra-env/secret-watch.ts';
import { sweepSecrets } from '#functions/cluster-monitor/sweep-secrets.ts';
import type { RunningService } from './running-service.ts';

type Item = Readonly<Record<string, unknown>>;

const isRecord = ({ sk }: Item): boolean => sk === 'cluster' || sk === 'infra-env';

/** Events outlive what they are about. */
const isBesideRecord = (item: Item): boolean =>
  /^(cluster|infra-env)#/.test(String(item.pk)) && !isRecord(item) && !String(item.sk).startsWith('event#');

/** The partition of the record that an object is for. */
const ownerOf = (key: string): string => {
  const [folder, id] = key.split('/');
  return `${folder === 'clusters' ? 'cluster' : 'infra-env'}#${id}`;
};

/**
 * What nobody will ever name again after a day, in which time to live and sweep have done what they do: secrets that no
 * infra-env has, and what is kept beside records that are gone. Of objects those whose record was removed at once: the bucket's
 * lifecycle takes what was generated for one that ended by itself.
 */
export const orphansAfterADay = async (service: RunningService): Promise<string[]> => {
  const { table, items, keys } = service;
  const later = new Date(Date.now() + secretLookSeconds * 1000);
  const clock = () => later;
  const sweep = sweepSecrets({
    infraEnvs: infraEnvStore({ ...table, clock }),
    watched: watchedSecretStore(table),
    clock,
  });
  await sweep({ remainingMs: () => 60_000 });
  const all = await items();
  const alive = all.filter(({ expiresAt = Infinity }) => Number(expiresAt) > later.getTime() / 1000);
  const records = new Map(alive.filter(isRecord).map((item) => [item.pk, item]));
  const hasNoOwner = ({ pk, sk }: Item): boolean => {
    const owner = records.get(pk);
    if (owner === undefined || 'deletedAt' in owner) return true;
    return String(sk).startsWith('pull-secret#') && sk !== `pull-secret#${owner.pullSecretId}`;
  };
  const beside = alive.filter(isBesideRecord).filter(hasNoOwner);
  const objects = (await keys()).filter((key) => !all.some(({ pk, sk }) => pk === ownerOf(key) && isRecord({ sk })));
  return [...beside.map(({ pk, sk }) => `${pk} ${sk}`), ...objects];
};
