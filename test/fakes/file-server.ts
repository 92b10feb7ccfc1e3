import type { IncomingMessage, ServerResponse } from 'node:http';
import { serveInTest, tagOf } from './serve-in-test.ts';

interface FileServer {
  readonly content: Buffer;
  /** It always sends the whole file. */
  readonly ignoresRanges?: boolean;
  /** It tells neither ETag nor Last-Modified. */
  readonly isSilent?: boolean;
  /** Answers of more than a mebibyte that break off half-way: the first ones. */
  readonly drops?: number;
  /** It sends as much behind the range that was asked for. */
  readonly sendsMore?: boolean;
}

const mebibyte = 1024 * 1024;

/** A web server with one file, which gives ranges of it; closed when the running test ends. */
export const fileServer = async ({ content: first, ignoresRanges, isSilent, drops = 0, sendsMore }: FileServer) => {
  let content = first;
  let dropped = 0;
  const asked: string[] = [];

  const send = (response: ServerResponse, body: Buffer): void => {
    if (body.length <= mebibyte || dropped >= drops) return void response.end(body);
    dropped += 1;
    response.write(body.subarray(0, body.length / 2), () => response.destroy());
  };

  const serve = ({ url, headers }: IncomingMessage, response: ServerResponse): void => {
    const [, from = 0, to = 0] = (/^bytes=(\d+)-(\d+)$/.exec(headers.range ?? '') ?? []).map(Number);
    asked.push(headers.range ?? '');
    const validators = isSilent ? {} : { etag: tagOf(content), 'last-modified': 'Tue, 03 Mar 2026 10:00:00 GMT' };
    if (!url?.startsWith('/agent-ove.x86_64.iso')) return void response.writeHead(404).end('no');
    if (ignoresRanges) return void response.writeHead(200, validators).end(content);
    if (from >= content.length) {
      return void response.writeHead(416, { 'content-range': `bytes */${content.length}` }).end();
    }
    const body = content.subarray(from, to + 1);
    const range = { 'content-range': `bytes ${from}-${from + body.length - 1}/${content.length}` };
    response.writeHead(206, { ...validators, ...range });
    send(response, sendsMore ? Buffer.concat([body, body]) : body);
  };

  const endpoint = await serveInTest(serve);
  return {
    url: `${endpoint}/agent-ove.x86_64.iso`,
    /** The ranges that were asked for, in their order. */
    asked,
    replace: (other: Buffer) => {
      content = other;
    },
  };
};
