import { createHash } from 'node:crypto';

/** As many as 40 infra-envs of 250 hosts have; a hash takes about 100 bytes. */
const mostRemembered = 10_000;

const hashOf = (document: string): string => createHash('sha256').update(document).digest('base64');

export interface GoodDocuments {
  readonly has: (document: string) => boolean;
  readonly add: (document: string) => void;
}

/**
 * The network documents that nmstate has taken since this process began, by their hashes: a request that is repeated, since
 * its time was up, goes on where the first one stopped. The program does not change while the process lives.
 */
export const goodDocuments = (): GoodDocuments => {
  const hashes = new Set<string>();
  return {
    has: (document) => hashes.has(hashOf(document)),
    add: (document) => {
      const [oldest] = hashes;
      if (hashes.size >= mostRemembered && oldest !== undefined) hashes.delete(oldest);
      hashes.add(hashOf(document));
    },
  };
};
