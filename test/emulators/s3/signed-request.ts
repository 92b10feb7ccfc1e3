/** Signs by hand, independently of the server, what the SDK would never send: tampered, chunk-signed, odd requests. */
import { createHash, createHmac } from 'node:crypto';
import { credentials, region } from './running-server.ts';

const hash = (data: string | Buffer): string => createHash('sha256').update(data).digest('hex');
const mac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();

const basicDate = (date: Date): string => date.toISOString().replace(/[-:]|\.\d+/g, '');

const keyOf = (day: string): Buffer =>
  mac(mac(mac(mac(`AWS4${credentials.secretAccessKey}`, day), region), 's3'), 'aws4_request');

export type SignedRequest = { url: string; headers: Record<string, string>; signature: string; date: string };

/** `path` is encoded already; `payload` is the value of x-amz-content-sha256. */
export const signRequest = (options: {
  endpoint: string;
  method: string;
  path: string;
  payload: string;
  headers?: Record<string, string>;
  date?: Date;
}): SignedRequest => {
  const date = basicDate(options.date ?? new Date());
  const day = date.slice(0, 8);
  const host = new URL(options.endpoint).host;
  const headers = { host, 'x-amz-date': date, 'x-amz-content-sha256': options.payload, ...options.headers };
  const names = Object.keys(headers).sort();
  const lines = Object.entries(headers).sort(([a], [b]) => (a < b ? -1 : 1));
  const canonical = [
    options.method,
    options.path,
    '',
    ...lines.map(([name, value]) => `${name}:${value}`),
    '',
    names.join(';'),
    options.payload,
  ].join('\n');
  const scope = `${day}/${region}/s3/aws4_request`;
  const signature = mac(keyOf(day), `AWS4-HMAC-SHA256\n${date}\n${scope}\n${hash(canonical)}`).toString('hex');
  const credential = `Credential=${credentials.accessKeyId}/${scope}`;
  const authorization = `AWS4-HMAC-SHA256 ${credential}, SignedHeaders=${names.join(';')}, Signature=${signature}`;
  return { url: `${options.endpoint}${options.path}`, headers: { ...headers, authorization }, signature, date };
};

/** Frames chunks with their chain of signatures; a trailer gets one too. */
export const signChunks = (
  { signature, date }: SignedRequest,
  { chunks, trailer }: { chunks: readonly Buffer[]; trailer?: string },
): Buffer => {
  const day = date.slice(0, 8);
  const head = `${date}\n${day}/${region}/s3/aws4_request`;
  let previous = signature;
  const next = (kind: string, rest: string): string => {
    previous = mac(keyOf(day), `AWS4-HMAC-SHA256-${kind}\n${head}\n${previous}\n${rest}`).toString('hex');
    return previous;
  };
  const framed = [...chunks, Buffer.alloc(0)].flatMap((chunk) => {
    const mark = next('PAYLOAD', `${hash('')}\n${hash(chunk)}`);
    const line = Buffer.from(`${chunk.length.toString(16)};chunk-signature=${mark}\r\n`);
    return chunk.length > 0 ? [line, chunk, Buffer.from('\r\n')] : [line];
  });
  const end =
    trailer === undefined
      ? '\r\n'
      : `${trailer}\r\nx-amz-trailer-signature:${next('TRAILER', hash(`${trailer}\n`))}\r\n\r\n`;
  return Buffer.concat([...framed, Buffer.from(end)]);
};

/** The `Code` of an S3 error document. */
export const errorCode = async (answer: Response): Promise<string | undefined> =>
  /<Code>(\w+)<\/Code>/.exec(await answer.text())?.[1];
