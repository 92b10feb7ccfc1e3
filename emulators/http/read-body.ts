import type { IncomingMessage } from 'node:http';

/**
 * The whole body of a request; undefined as soon as it is longer than the limit (bytes). What is left is then read
 * and dropped, so that the caller can still be answered on the same connection.
 */
export const readBody = async (request: IncomingMessage, limit: number): Promise<Buffer | undefined> => {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    length += chunk.length;
    if (length <= limit) chunks.push(chunk);
    else chunks.length = 0;
  }
  return length > limit ? undefined : Buffer.concat(chunks);
};
