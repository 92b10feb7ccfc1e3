import type { IgnitionValidator, NetworkProgram } from '#domain/ignition/ignition-ports.ts';
import type { SettingsFaults } from '#domain/infra-env/infra-env-ports.ts';
import type { Invocation } from '#runtime/function-handler.ts';
import { goodDocuments } from './good-documents.ts';
import type { JudgementRequest } from './ignition-request.ts';
import { judgeNetworks } from './network-judgement.ts';

interface Dependencies {
  readonly networkProgram: NetworkProgram;
  readonly ignitionValidator: IgnitionValidator;
}

/** No program takes longer for one setting: API Gateway gives up after 30 seconds. */
const longestRunMs = 25_000;

/** What is left for tidying up and answering. */
const reserveMs = 1_000;

/**
 * Has nmstate judge the network of every host, and Ignition the override, at the same time. It reads and stores nothing;
 * running it twice or late does no harm. It goes on when its caller no longer waits: what is found good until then, the
 * caller's next try finds judged.
 *
 * @throws NetworkProgramMissing, SettingsCheckUnavailable; Error when one of the programs cannot be run or crashes
 */
export const judgeSettings =
  ({ networkProgram, ignitionValidator }: Dependencies, good = goodDocuments()) =>
  async (request: JudgementRequest, { remainingMs }: Invocation): Promise<SettingsFaults> => {
    const { static_network_config: hosts, ignition_config_override: override } = request;
    const leftMs = () => Math.max(1, Math.min(longestRunMs, remainingMs() - reserveMs));
    const documents = hosts.map(({ network_yaml }) => network_yaml);
    const judged = [
      judgeNetworks(networkProgram, { documents, good, leftMs }),
      override === undefined ? undefined : ignitionValidator.faultsOf(override, leftMs()),
    ] as const;
    await Promise.allSettled(judged);
    const [networks, overrideFault] = await Promise.all(judged);
    return { networks, ...(overrideFault === undefined ? {} : { override: overrideFault }) };
  };
