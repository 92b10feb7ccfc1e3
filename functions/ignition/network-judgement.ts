import type { NetworkProgram } from '#domain/ignition/ignition-ports.ts';
import type { NetworkFault } from '#domain/infra-env/infra-env-ports.ts';
import type { NetworkRequest } from './ignition-request.ts';

interface Invocation {
  /** Milliseconds until Lambda ends it. */
  readonly remainingMs: () => number;
}

interface Dependencies {
  readonly networkProgram: NetworkProgram;
}

interface NetworkAnswer {
  /** In the order of the hosts; none where nmstate can configure all of them. */
  readonly faults: readonly NetworkFault[];
}

/** Runs of nmstatectl at the same time; each keeps one CPU busy, of which the function has fewer than two. */
const atOnce = 4;

/** Nobody waits longer for an answer: API Gateway gives up after 30 seconds. */
const longestMs = 25_000;

/** What is left for tidying up and answering. */
const reserveMs = 1_000;

const startTimer = (remainingMs: () => number): (() => number) => {
  const atStart = remainingMs();
  const allowedMs = Math.min(longestMs, atStart - reserveMs);
  return () => Math.max(1, allowedMs - (atStart - remainingMs()));
};

/**
 * Has nmstate judge the network of every host. It reads and stores nothing; running it twice or late does no harm. When
 * one run fails for a reason that is not its document's, no further one is started.
 *
 * @throws NetworkProgramMissing, NetworkCheckUnavailable; Error when nmstatectl cannot be run or crashes
 */
export const judgeNetworks =
  ({ networkProgram }: Dependencies) =>
  async ({ static_network_config: hosts }: NetworkRequest, { remainingMs }: Invocation): Promise<NetworkAnswer> => {
    const leftMs = startTimer(remainingMs);
    const faults: NetworkFault[] = [];
    const waiting = [...hosts.entries()].reverse();

    const judge = async (): Promise<void> => {
      for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
        const [host, { network_yaml: document }] = next;
        const { reason } = await networkProgram.generate({ document, timeoutMs: leftMs() });
        if (reason !== undefined) faults.push({ host, reason });
      }
    };

    const stop = (error: unknown) => {
      waiting.length = 0;
      throw error;
    };
    const runs = await Promise.allSettled(Array.from({ length: atOnce }, () => judge().catch(stop)));
    const failed = runs.find((run) => run.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
    return { faults: faults.toSorted((a, b) => a.host - b.host) };
  };
