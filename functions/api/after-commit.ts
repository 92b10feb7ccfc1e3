import type { Cluster } from '#domain/cluster/cluster.ts';
import { endOfLife } from '#domain/cluster/cluster-registration.ts';
import { goesTooEarly } from '#domain/cluster/manifest.ts';
import type { EventName } from '#domain/event.ts';
import { errorFields } from '#runtime/logging.ts';
import { type EventSubject, recordEvent } from '#runtime/recording.ts';
import type { Dependencies } from './api-dependencies.ts';

/**
 * What follows the write that an operation is for: its event, longer lives, and the removal of what nobody needs any
 * more. The write stands without it: a failure is logged, once, and the caller hears of the success. What a step has
 * left undone does no harm: the next change prolongs, and leftovers expire.
 */
export const afterCommit = (dependencies: Dependencies) => {
  const { clusters, manifests, logger } = dependencies;

  /** @param id of the record that was written */
  const attempt = async (what: string, id: string, step: () => Promise<void>): Promise<void> => {
    try {
      await step();
    } catch (error) {
      logger.warn(`after the commit: cannot ${what}`, { id, ...errorFields(error) });
    }
  };

  /** Manifests are no older than their cluster, so that a young one needs no look. */
  const renewManifests = async ({ id, createdAt, expiresAt }: Cluster) => {
    if (goesTooEarly(new Date(createdAt), expiresAt)) await manifests.renew(id, expiresAt);
  };

  return {
    attempt,

    record: (name: EventName, subject: EventSubject) => recordEvent(dependencies, name, subject),

    /** Of a cluster whose own end was moved with the write. */
    keepManifests: (cluster: Cluster) => attempt('keep its manifests', cluster.id, () => renewManifests(cluster)),

    /** Somebody works with the cluster: its end moves. */
    prolong: (cluster: Cluster, now: Date) =>
      attempt('prolong the cluster', cluster.id, async () => {
        const expiresAt = endOfLife(now);
        await clusters.extend(cluster.id, expiresAt);
        await renewManifests({ ...cluster, expiresAt });
      }),
  };
};
