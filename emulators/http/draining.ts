import type { Server, ServerResponse } from 'node:http';
import { atMost } from '../at-most.ts';
import { intercepted } from './intercepted.ts';

interface Draining {
  readonly server: Server;
  /** Passes no further request on, and waits (at most 5 seconds) until those that were passed on are answered. */
  readonly drain: () => Promise<void>;
}

const longestWait = 5_000;

/** Whether anybody still hears the answer does not matter: one whose connection is gone ends, but never finishes. */
const whenEnded = (response: ServerResponse, then: () => void): void => {
  const end = response.end.bind(response) as (...rest: readonly unknown[]) => ServerResponse;
  response.end = (...rest: readonly unknown[]) => {
    then();
    return end(...rest);
  };
};

/**
 * For a server whose handlers must not be at work any more when it closes: it closes when its last connection has ended,
 * and a request whose client is gone has none.
 *
 * @param refuse answers what comes while it drains
 */
export const draining = (server: Server, refuse: (response: ServerResponse) => void): Draining => {
  const atWork = new Set<ServerResponse>();
  let drained: PromiseWithResolvers<void> | undefined;
  const settle = (): void => {
    if (atWork.size === 0) drained?.resolve();
  };
  return {
    server: intercepted(server, (request, response, pass) => {
      if (drained !== undefined) {
        request.resume();
        return refuse(response);
      }
      atWork.add(response);
      whenEnded(response, () => {
        atWork.delete(response);
        settle();
      });
      pass(request);
    }),
    drain: async () => {
      drained = Promise.withResolvers<void>();
      settle();
      await atMost(longestWait, drained.promise);
    },
  };
};
