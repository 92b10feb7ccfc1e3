import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import { draining } from '#emulators/http/draining.ts';
import { listen } from '#emulators/http/listen.ts';

/** A server that answers when it is told to. */
const patientServer = async () => {
  const begun = Promise.withResolvers<ServerResponse>();
  const handled: (string | undefined)[] = [];
  const { server, drain } = draining(
    createServer(({ url }, response) => {
      handled.push(url);
      begun.resolve(response);
    }),
    (response) => response.writeHead(503).end(),
  );
  const { endpoint, close } = await listen(server);
  onTestFinished(close);
  return { begun: begun.promise, handled, endpoint, drain };
};

test('a server is drained when it has answered, also a client that is gone', async () => {
  const { begun, endpoint, drain } = await patientServer();
  const client = new AbortController();
  const asked = fetch(endpoint, { signal: client.signal });
  const response = await begun;
  client.abort();
  await expect(asked).rejects.toThrow();
  await once(response, 'close');

  let isDrained = false;
  const drained = drain().then(() => {
    isDrained = true;
  });
  await new Promise(setImmediate);
  expect(isDrained).toBe(false);
  response.end();
  await drained;
});

test('what comes while a server drains is refused, and not passed on', async () => {
  const { handled, endpoint, drain } = await patientServer();
  await drain();
  expect((await fetch(`${endpoint}/late`)).status).toBe(503);
  expect(handled).toEqual([]);
});
