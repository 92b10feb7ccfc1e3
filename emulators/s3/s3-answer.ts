/** What an operation answers, and how that goes onto the wire. */
import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type XmlNode, xmlDocument } from './xml-writer.ts';

export type Answer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** A stream needs a content-length among the headers. */
  readonly body?: string | Buffer | AsyncIterable<Buffer>;
  /** Called once when the answer is sent or given up. */
  readonly done?: () => Promise<void>;
};

export const emptyAnswer = (status: number, headers: Readonly<Record<string, string>> = {}): Answer => ({
  status,
  headers,
});

export const xmlAnswer = (
  root: string,
  content: readonly (XmlNode | undefined)[],
  headers: Readonly<Record<string, string>> = {},
): Answer => ({
  status: 200,
  headers: { 'content-type': 'application/xml', ...headers },
  body: xmlDocument(root, content),
});

const bodiless = (method: string, status: number): boolean => method === 'HEAD' || status === 204 || status === 304;

/** The length of what is sent; for HEAD, of what GET would send. A 204 or 304 has none. */
const withLength = (answer: Answer): Answer['headers'] => {
  if (answer.status === 204 || answer.status === 304 || 'content-length' in answer.headers) return answer.headers;
  const { body } = answer;
  const length = typeof body === 'string' || Buffer.isBuffer(body) ? Buffer.byteLength(body) : 0;
  return { ...answer.headers, 'content-length': String(length) };
};

/** Resolves when all is handed to the socket. Throws if the client goes away or the content cannot be read. */
export const sendAnswer = async (response: ServerResponse, { answer, method }: { answer: Answer; method: string }) => {
  const { status, body } = answer;
  response.writeHead(status, withLength(answer));
  if (body === undefined || bodiless(method, status)) response.end();
  else if (typeof body === 'string' || Buffer.isBuffer(body)) response.end(body);
  else await pipeline(Readable.from(body, { objectMode: false }), response);
};
