import { createServer } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { type Listening, listen } from '#emulators/http/listen.ts';
import { fromPrograms, namesThisMachine, onlyFor } from '#emulators/http/welcome.ts';
import { httpStatus } from './http-status.ts';

describe('a Host header', () => {
  it.each([
    ...[
      '127.0.0.1:8090',
      '192.0.2.7',
      '[::1]:8090',
      'localhost',
      'localhost:8090',
      'LOCALHOST:8090',
      'bucket.localhost',
    ],
    ...['host.docker.internal:8090', 'host.containers.internal', 'ove:8090'],
  ])('names this machine: %s', (host) => {
    expect(namesThisMachine(host)).toBe(true);
  });

  it.each([
    'stranger.example:8090',
    '127.0.0.1.stranger.example',
    'localhost.stranger.example',
    'internal.example',
    '1.2.3',
  ])('may name the page of a stranger: %s', (host) => {
    expect(namesThisMachine(host)).toBe(false);
  });
});

describe('a server for programs', () => {
  let server: Listening | undefined;

  afterEach(() => server?.close());

  const statusFor = async (headers: Readonly<Record<string, string>>, method = 'GET') => {
    server = await listen(
      onlyFor(
        fromPrograms,
        createServer((_, response) => response.end()),
      ),
    );
    return httpStatus(server.endpoint, { method, headers });
  };

  it('answers programs', async () => {
    expect(await statusFor({})).toBe(200);
  });

  it.each([
    ['a page of another origin asks', 'POST', { origin: 'https://stranger.example' }],
    ['a browser asks whether one may', 'OPTIONS', { origin: 'https://stranger.example' }],
    ['a page asks for its own origin, whose name points here', 'GET', { host: 'stranger.example' }],
  ])('refuses when %s', async (_, method, headers) => {
    expect(await statusFor(headers, method)).toBe(403);
  });
});
