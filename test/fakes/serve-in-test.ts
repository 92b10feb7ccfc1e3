import { createHash } from 'node:crypto';
import { createServer, type RequestListener } from 'node:http';
import { onTestFinished } from 'vitest';
import { listen } from '#emulators/http/listen.ts';

/** The address of a web server that ends with the running test, whatever connections it still has. */
export const serveInTest = async (serve: RequestListener): Promise<string> => {
  const http = createServer(serve);
  const { endpoint, close } = await listen(http);
  onTestFinished(async () => {
    http.closeAllConnections();
    await close();
  });
  return endpoint;
};

/** The ETag of a file. */
export const tagOf = (content: Buffer): string =>
  `"${createHash('sha256').update(content).digest('hex').slice(0, 16)}"`;
