import { Agent, request } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { percentile } from './statistics.ts';

interface Call {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly body?: string;
  /** The status that the answer has to have. */
  readonly status: number;
}

export interface Load {
  readonly p50: number;
  readonly p95: number;
  readonly perSecond: number;
}

const agent = new Agent({ keepAlive: true });

/** Sends one request, as every client that takes gzip does, and reads its whole answer. @throws Error for another status */
const exchange = ({ method, url, body, status }: Call): Promise<() => string> =>
  new Promise((resolve, reject) => {
    const headers = {
      'accept-encoding': 'gzip',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    };
    const sent = request(url, { method, agent, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('end', () => {
        const bytes = Buffer.concat(chunks);
        const text = () => (response.headers['content-encoding'] === 'gzip' ? gunzipSync(bytes) : bytes).toString();
        if (response.statusCode === status) resolve(text);
        else reject(new Error(`${method} ${url}: ${response.statusCode} ${text()}`));
      });
    });
    sent.on('error', reject);
    sent.end(body);
  });

/** The text of the answer. @throws Error for another status */
export const send = async (call: Call): Promise<string> => (await exchange(call))();

/** Lets a number of clients send requests one after the other until all are sent. */
export const measure = async (
  call: () => Call,
  { clients, requests }: { clients: number; requests: number },
): Promise<Load> => {
  const times: number[] = [];
  let left = requests;
  const client = async () => {
    while (left > 0) {
      left -= 1;
      const started = performance.now();
      await exchange(call());
      times.push(performance.now() - started);
    }
  };
  const started = performance.now();
  await Promise.all(Array.from({ length: clients }, client));
  const perSecond = times.length / ((performance.now() - started) / 1000);
  return { p50: percentile(times, 0.5), p95: percentile(times, 0.95), perSecond };
};
