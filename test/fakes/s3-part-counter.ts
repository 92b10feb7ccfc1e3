import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { IncomingMessage, ServerResponse } from 'node:http';

const channel = 'http.server.response.finish';

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

/** With a checksum behind it, a body's own length has a header field of its own. */
const uploadedLength = ({ headers }: IncomingMessage): number =>
  Number(headers['x-amz-decoded-content-length'] ?? headers['content-length'] ?? 0);

/**
 * Counts the parts that the S3 emulator of this process is sent, and the bytes of parts and ranges that pass through other
 * programs: functions, which run in processes of their own, and clients.
 */
export const countS3Parts = () => {
  const parts = { uploaded: 0, copied: 0, bytesUploaded: 0, bytesRead: 0 };
  const look = (message: unknown): void => {
    const { request, response } = message as Exchange;
    if (request.method === 'GET' && request.headers.range !== undefined) {
      parts.bytesRead += Number(response.getHeader('content-length') ?? 0);
    }
    if (request.method !== 'PUT' || !request.url?.includes('partNumber=')) return;
    if (request.headers['x-amz-copy-source'] !== undefined) {
      parts.copied += 1;
      return;
    }
    parts.uploaded += 1;
    parts.bytesUploaded += uploadedLength(request);
  };
  subscribe(channel, look);
  return { parts, end: () => unsubscribe(channel, look) };
};
