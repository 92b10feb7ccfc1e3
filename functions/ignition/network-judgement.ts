import type { NetworkProgram } from '#domain/ignition/ignition-ports.ts';
import type { NetworkFault } from '#domain/infra-env/infra-env-ports.ts';
import type { GoodDocuments } from './good-documents.ts';

interface Networks {
  /** NMState documents, one per host. */
  readonly documents: readonly string[];
  /** Those that need not be judged again; the others are added as they are found good, one by one. */
  readonly good: GoodDocuments;
  readonly leftMs: () => number;
}

/** Runs of nmstatectl at the same time; each keeps one CPU busy, of which the function has fewer than two. */
const atOnce = 4;

/**
 * Has nmstate judge the network of every host. When one run fails for a reason that is not its document's, no further one
 * is started.
 *
 * @returns faults in the order of the hosts; none where nmstate can configure all of them
 * @throws NetworkProgramMissing, SettingsCheckUnavailable; Error when nmstatectl cannot be run or crashes
 */
export const judgeNetworks = async (
  networkProgram: NetworkProgram,
  { documents, good, leftMs }: Networks,
): Promise<readonly NetworkFault[]> => {
  const faults: NetworkFault[] = [];
  const waiting = [...documents.entries()].reverse();

  const judge = async (): Promise<void> => {
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      const [host, document] = next;
      if (good.has(document)) continue;
      const { reason } = await networkProgram.generate({ document, timeoutMs: leftMs() });
      if (reason === undefined) good.add(document);
      else faults.push({ host, reason });
    }
  };

  const stop = (error: unknown) => {
    waiting.length = 0;
    throw error;
  };
  const runs = await Promise.allSettled(Array.from({ length: atOnce }, () => judge().catch(stop)));
  const failed = runs.find((run) => run.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
  return faults.toSorted((a, b) => a.host - b.host);
};
