import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Listening {
  /** `http://127.0.0.1:<port>` */
  readonly endpoint: string;
  /** Takes no new connection, lets the running requests end (at most 5 seconds), then resolves. */
  readonly close: () => Promise<void>;
}

const graceMilliseconds = 5_000;

const closeServer = (server: Server): Promise<void> =>
  new Promise((resolve, reject) => {
    const forced = setTimeout(() => server.closeAllConnections(), graceMilliseconds);
    server.close((error) => {
      clearTimeout(forced);
      if (error) reject(error);
      else resolve();
    });
  });

/**
 * Listens on the loopback address alone: nothing here asks who is calling.
 *
 * @param port 0 for any free one
 * @throws the system's error, e.g. EADDRINUSE
 */
export const listen = async (server: Server, port = 0): Promise<Listening> => {
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  // A server that listens on TCP has an AddressInfo; only a pipe has a text.
  const { port: bound } = server.address() as AddressInfo;
  return { endpoint: `http://127.0.0.1:${bound}`, close: () => closeServer(server) };
};
