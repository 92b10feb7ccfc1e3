import type { InfraEnvs } from '#domain/infra-env/infra-env-ports.ts';
import { secretLookSeconds, type WatchedSecret, type WatchedSecrets } from '#domain/infra-env/secret-watch.ts';
import type { Clock } from '#domain/ports.ts';
import type { Invocation } from '#runtime/function-handler.ts';
import { isEnding } from './run-end.ts';

interface Dependencies {
  readonly infraEnvs: Pick<InfraEnvs, 'get'>;
  readonly watched: WatchedSecrets;
  readonly clock: Clock;
}

/**
 * Removes secrets that no infra-env names: a request that died between its writes has left them. Each is looked at for the
 * first time when no request can be under way any more that would still name it, and once a day from then on, since its
 * infra-env may be deleted, or get another one. Run twice at once, both do the same.
 *
 * @returns how many were removed
 */
export const sweepSecrets =
  ({ infraEnvs, watched, clock }: Dependencies) =>
  async (invocation: Invocation): Promise<number> => {
    const isNamed = async ({ infraEnvId, pullSecretId }: WatchedSecret): Promise<boolean> => {
      const infraEnv = await infraEnvs.get(infraEnvId);
      return infraEnv !== undefined && (pullSecretId === undefined || pullSecretId === infraEnv.pullSecretId);
    };

    let removed = 0;
    for (const secret of await watched.due(clock())) {
      if (isEnding(invocation)) break;
      if (await isNamed(secret)) {
        await watched.lookAgain(secret, new Date(clock().getTime() + secretLookSeconds * 1000));
      } else {
        await watched.remove(secret);
        removed += 1;
      }
    }
    return removed;
  };
