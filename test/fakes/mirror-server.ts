import type { IncomingMessage, ServerResponse } from 'node:http';
import { serveInTest, tagOf } from './serve-in-test.ts';

/** What a mirror does wrong with a file. Each entry of a list is for one request, in their order; then all is well. */
export interface Trouble {
  /** Bytes after which the connection is cut. */
  readonly drop?: readonly number[];
  /** Bytes after which nothing more comes, though the connection stays. */
  readonly stall?: readonly number[];
  /** Answers with such a status. */
  readonly status?: readonly number[];
  /** Always sends the whole file. */
  readonly ignoreRange?: true;
  /** Another content from the second request on. */
  readonly replacedBy?: Buffer;
}

interface Asked {
  readonly path: string;
  readonly range: string | undefined;
}

/** A client mirror that keeps its files in memory; it is closed when the running test ends. */
export const startMirror = async () => {
  const files = new Map<string, Buffer>();
  const troubles = new Map<string, Trouble>();
  const asked: Asked[] = [];

  const cut = (response: ServerResponse, body: Buffer, { drop, stall }: { drop?: number; stall?: number }): void => {
    const end = drop ?? stall;
    if (end === undefined) response.end(body);
    else response.write(body.subarray(0, end), () => (drop === undefined ? undefined : response.destroy()));
  };

  const serve = (request: IncomingMessage, response: ServerResponse): void => {
    const path = decodeURI(request.url ?? '');
    const { range, 'if-range': condition } = request.headers;
    const count = asked.filter((earlier) => earlier.path === path).length;
    asked.push({ path, range });
    const { drop = [], stall = [], status = [], ignoreRange, replacedBy } = troubles.get(path) ?? {};
    const content = (count > 0 ? replacedBy : undefined) ?? files.get(path);
    if (status[count] !== undefined || content === undefined) {
      response.writeHead(status[count] ?? 404).end('no');
      return;
    }
    const etag = tagOf(content);
    const start = Number(/^bytes=(\d+)-$/.exec(range ?? '')?.[1] ?? 0);
    const partial = start > 0 && !ignoreRange && (condition === undefined || condition === etag);
    const body = partial ? content.subarray(start) : content;
    const part = partial ? { 'content-range': `bytes ${start}-${content.length - 1}/${content.length}` } : {};
    response.writeHead(partial ? 206 : 200, { etag, 'content-length': body.length, ...part });
    cut(response, body, {
      ...(drop[count] === undefined ? {} : { drop: drop[count] }),
      ...(stall[count] === undefined ? {} : { stall: stall[count] }),
    });
  };

  const endpoint = await serveInTest(serve);
  return {
    url: `${endpoint}/pub`,
    asked,
    /** Puts a file below the mirror's address, e.g. at `clients/ocp/4.20.3/sha256sum.txt`. */
    put: (path: string, content: Uint8Array | string) => files.set(`/pub/${path}`, Buffer.from(content)),
    remove: (path: string) => files.delete(`/pub/${path}`),
    trouble: (path: string, trouble: Trouble) => troubles.set(`/pub/${path}`, trouble),
    /** The ranges that were asked of a file, in order. */
    ranges: (path: string) => asked.filter((each) => each.path === `/pub/${path}`).map(({ range }) => range),
  };
};

export type Mirror = Awaited<ReturnType<typeof startMirror>>;
