import { describe, expect, it } from 'vitest';
import { routes } from '#contract/route-table.ts';
import { admitEveryone } from '#runtime/admission.ts';
import { httpHandler } from '#runtime/http-handler.ts';
import { memoryLogger } from '#test/fakes/logger.ts';
import { httpEvent, lambdaContext } from './events.ts';

const id = '22222222-2222-4222-8222-222222222222';

interface Known {
  readonly allowedDomains?: readonly string[];
  readonly publicUrl?: string;
}

/** Deletes an infra-env where everyone is admin; the answer's status, and whether it was deleted. */
const deleting = async (headers: Readonly<Record<string, string>>, known: Known = {}) => {
  let deleted = false;
  const handler = httpHandler({
    routes,
    ...known,
    admit: admitEveryone,
    logger: memoryLogger(),
    operations: {
      DeregisterInfraEnv: async () => {
        deleted = true;
        return { body: undefined };
      },
    },
  });
  const event = httpEvent({
    method: 'DELETE',
    path: `/v2/infra-envs/${id}`,
    headers: { Host: 'api.example', ...headers },
  });
  const { statusCode, body } = await handler(event, lambdaContext());
  return { statusCode, deleted, body };
};

const done = { statusCode: 204, deleted: true };

describe('a change', () => {
  it.each<[string, Readonly<Record<string, string>>, Known]>([
    ['a program, which names no origin', {}, {}],
    ['a page of the API itself', { Origin: 'https://api.example' }, {}],
    ['a page of the API itself, behind a proxy that ends TLS', { Origin: 'http://api.example' }, {}],
    ['a page of an allowed origin', { Origin: 'https://ui.example' }, { allowedDomains: ['https://ui.example'] }],
    ['any page, if every origin is allowed', { Origin: 'https://any.example' }, { allowedDomains: ['*'] }],
    ['a page of the public address', { Origin: 'https://ove.example' }, { publicUrl: 'https://ove.example/api' }],
    [
      'a page that the browser knows to be of the same origin, behind a proxy of another name',
      { Origin: 'https://ui.example', 'Sec-Fetch-Site': 'same-origin' },
      {},
    ],
  ])('is made for %s', async (_, headers, known) => {
    expect(await deleting(headers, known)).toMatchObject(done);
  });

  it.each<[string, Readonly<Record<string, string>>, Known]>([
    ['another origin', { Origin: 'https://stranger.example' }, { allowedDomains: ['https://ui.example'] }],
    [
      'another origin, as the browser says too',
      { Origin: 'https://stranger.example', 'Sec-Fetch-Site': 'cross-site' },
      {},
    ],
    ['a neighbouring origin', { Origin: 'https://www.api.example', 'Sec-Fetch-Site': 'same-site' }, {}],
    ['another port', { Origin: 'https://api.example:8443' }, {}],
    [
      'the allowed host with another scheme',
      { Origin: 'http://ui.example' },
      { allowedDomains: ['https://ui.example'] },
    ],
    ['no origin, such as a file or a sandbox', { Origin: 'null' }, {}],
    ['a malformed origin', { Origin: '' }, {}],
  ])('is not made for a page of %s', async (_, headers, known) => {
    const { statusCode, deleted, body = '' } = await deleting(headers, known);
    expect({ statusCode, deleted }).toEqual({ statusCode: 403, deleted: false });
    expect(JSON.parse(body)).toEqual({ code: 403, message: expect.stringContaining('an operator has to allow') });
  });
});

it('a page of any origin may send what changes nothing: whether it can read the answer is another question', async () => {
  const handler = httpHandler({
    routes,
    admit: admitEveryone,
    logger: memoryLogger(),
    operations: { Health: async () => ({ body: { status: 'ok' as const } }) },
  });
  const answer = await handler(httpEvent({ headers: { Origin: 'https://stranger.example' } }), lambdaContext());
  expect(answer).toMatchObject({ statusCode: 200, headers: { 'content-type': 'application/json' } });
});
