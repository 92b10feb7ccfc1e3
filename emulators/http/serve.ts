import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';

type Handle = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** A server whose handler may fail (a client that hangs up, say) without taking the process with it. */
export const serve = (handle: Handle): Server =>
  createServer((request, response) => {
    handle(request, response).catch((error: unknown) => {
      if (!request.errored) console.error('a request failed:', error);
      response.destroy();
    });
  });
