import { failure, isFailure, ServiceError } from '#domain/errors.ts';
import type { InfraEnv } from '#domain/infra-env/infra-env.ts';
import type { JudgeNetworks } from '#domain/infra-env/infra-env-ports.ts';
import { shortened } from '#domain/infra-env/static-network.ts';
import { throwAll } from '#domain/multierror.ts';
import { errorFields } from '#runtime/logging.ts';
import type { Dependencies } from './api-dependencies.ts';

interface Check {
  /** The infra-env whose networks were judged when it was stored. */
  readonly before?: InfraEnv | undefined;
  readonly after: InfraEnv;
  readonly remainingMs: () => number;
}

export type NetworkCheck = (check: Check) => Promise<void>;

type Judges = Pick<Dependencies, 'judgeNetworks' | 'logger'>;

/** Milliseconds that are left for what follows: encrypting, storing, the transition, and the answer. */
const reserveMs = 8_000;

/** A warm judgement takes a fraction of a second, the first one after a while the start of a container besides. */
const longestMs = 20_000;

const documentsOf = (infraEnv: InfraEnv | undefined): readonly string[] =>
  (infraEnv?.settings.static_network_config ?? []).map(({ network_yaml }) => network_yaml);

/**
 * Has nmstate judge the networks that an infra-env did not have before. Made for one request: what was found good is not
 * judged again when the request has to try its write again.
 *
 * @throws InvalidInput with nmstate's reasons and the hosts' numbers, in the text of the assisted-service API;
 *   NetworkProgramMissing, NetworkCheckUnavailable
 */
export const networkCheck = ({ judgeNetworks, logger }: Judges): NetworkCheck => {
  const good = new Set<string>();

  const judge: JudgeNetworks = async (documents, timeoutMs) => {
    try {
      return await judgeNetworks(documents, timeoutMs);
    } catch (error) {
      if (error instanceof ServiceError && !isFailure(error, 'InternalError')) throw error;
      logger.error('the static networks were not judged', errorFields(error));
      throw failure('NetworkCheckUnavailable');
    }
  };

  return async ({ before, after, remainingMs }) => {
    for (const document of documentsOf(before)) good.add(document);
    const hosts = [...documentsOf(after).entries()].filter(([, document]) => !good.has(document));
    if (hosts.length === 0) return;
    const documents = hosts.map(([, document]) => document);
    const faults = await judge(documents, Math.min(longestMs, remainingMs() - reserveMs));
    throwAll(
      shortened(
        faults.map(({ host, reason }) => `failed to validate network yaml for host ${hosts[host]?.[0]}, ${reason}`),
      ),
    );
    for (const document of documents) good.add(document);
  };
};
