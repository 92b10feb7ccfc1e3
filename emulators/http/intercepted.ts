import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';

/** Answers a request, or passes it on: as it came, or once more for whoever reads it next. */
type Intercept = (
  request: IncomingMessage,
  response: ServerResponse,
  pass: (request: IncomingMessage) => void,
) => void | Promise<void>;

const requestEvents = ['request', 'checkContinue'] as const;

/** The server, whose requests now come by here first. @throws Error for one that answers nothing */
export const intercepted = (server: Server, intercept: Intercept): Server => {
  if (server.listenerCount('request') === 0) throw new Error('the server has nothing that answers its requests');
  for (const event of requestEvents) {
    // Node has one type for the listeners of all events; those of these two are of this one.
    const handlers = server.listeners(event) as RequestListener[];
    if (handlers.length === 0) continue;
    server.removeAllListeners(event);
    server.on(event, (request, response) =>
      intercept(request, response, (passed) => {
        for (const handle of handlers) handle.call(server, passed, response);
      }),
    );
  }
  return server;
};
