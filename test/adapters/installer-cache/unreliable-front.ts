import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import { onTestFinished } from 'vitest';

/**
 * `cut`: the connection breaks in the middle of the content; `stall`: nothing comes after the middle; `short`: the middle
 * is said to be the end; `slow`: it takes a second in all.
 */
export type Fate = 'whole' | 'cut' | 'stall' | 'short' | 'slow';

interface Exchange {
  readonly range: string;
  readonly ifMatch: string | undefined;
}

const listen = (server: Server): Promise<number> =>
  new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });

const content = async (answer: IncomingMessage): Promise<Buffer> => Buffer.concat(await answer.toArray());

const sendSlowly = async (bytes: Buffer, outgoing: ServerResponse): Promise<void> => {
  for (let tenth = 0; tenth < 10; tenth += 1) {
    outgoing.write(bytes.subarray((bytes.length * tenth) / 10, (bytes.length * (tenth + 1)) / 10));
    await setTimeout(100);
  }
  outgoing.end();
};

const half = (bytes: Buffer): Buffer => bytes.subarray(0, bytes.length / 2);

/** As far as its fate lets it come. */
const sendContent = (bytes: Buffer, fate: Fate, outgoing: ServerResponse): void => {
  if (fate === 'whole') outgoing.end(bytes);
  else if (fate === 'short') outgoing.end(half(bytes));
  else if (fate === 'slow') sendSlowly(bytes, outgoing);
  else outgoing.write(half(bytes), () => fate === 'cut' && outgoing.destroy());
};

/** Stands in front of an S3 server until the running test ends, and spoils its answers. */
export const unreliableFront = async (target: string, fateOf: (exchange: Exchange, earlier: number) => Fate) => {
  const exchanges: Exchange[] = [];
  /** Ranges whose connection the client has ended before it had all of the answer. */
  const abandoned: string[] = [];

  const server = createServer((incoming, outgoing) => {
    const { range = '', 'if-match': ifMatch } = incoming.headers;
    const earlier = exchanges.filter((exchange) => exchange.range === range).length;
    const fate = fateOf({ range, ifMatch }, earlier);
    exchanges.push({ range, ifMatch });
    outgoing.once('close', () => outgoing.writableFinished || abandoned.push(range));
    const { hostname, port } = new URL(target);
    const onward = request({ hostname, port, path: incoming.url, headers: incoming.headers }, async (answer) => {
      const bytes = await content(answer);
      const length = String(fate === 'short' ? half(bytes).length : bytes.length);
      outgoing.writeHead(answer.statusCode ?? 0, { ...answer.headers, 'content-length': length });
      sendContent(bytes, fate, outgoing);
    });
    onward.end();
  });
  const port = await listen(server);
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return { endpoint: `http://127.0.0.1:${port}`, exchanges, abandoned };
};
