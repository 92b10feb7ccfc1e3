import { beforeAll, describe, expect, it } from 'vitest';
import { createBoth, createCluster, disconnected } from './client.ts';
import { smoke } from './smoke-operator.ts';
import { runningStack } from './stack.ts';

const { api, url, dataDir, userTokens } = await runningStack({
  installers: { '4.20.3': {} },
  authentication: 'jwt',
  allowedDomains: 'https://ui.example',
});

type Headers = Readonly<Record<string, string>>;

/** A request without any credentials but the given ones, as another program sends it. */
const send = async (method: string, path: string, headers: Headers = {}) => {
  const answer = await fetch(`${url}${path}`, { method, headers, redirect: 'manual' });
  const text = await answer.text();
  return { status: answer.status, headers: answer.headers, body: text === '' ? undefined : JSON.parse(text) };
};

const v2 = '/api/assisted-install/v2';
const filesOf = (id: string) => `${v2}/infra-envs/${id}/downloads/files?file_name=discovery.ign`;
const imageOf = async (id: string): Promise<string> => (await api.get(`/v2/infra-envs/${id}`)).body.download_url;
const tokenOf = (image: string): string => new URL(image).pathname.split('/')[3] ?? '';

const unauthenticated = { code: 401, message: 'unauthenticated for invalid credentials' };

let id: string;
let token: string;

beforeAll(async () => {
  ({ infraEnvId: id } = await createBoth(api, '4.20', { kernel_arguments: [{ operation: 'append', value: 'quiet' }] }));
  token = tokenOf(await imageOf(id));
});

/** How assisted-image-service passes on what it was given. */
const ways: readonly [string, () => { query: string; headers: Headers }][] = [
  ['api_key', () => ({ query: `api_key=${token}`, headers: {} })],
  ['image_token', () => ({ query: `image_token=${token}`, headers: {} })],
  ['Image-Token', () => ({ query: '', headers: { 'Image-Token': token } })],
  ['Authorization', () => ({ query: '', headers: { Authorization: `Bearer ${userTokens.at(-1)}` } })],
  ['Authorization without Bearer', () => ({ query: '', headers: { Authorization: userTokens.at(-1) ?? '' } })],
];

describe('an image service', () => {
  it.each(ways)('gets what it asks for at every request with %s', async (_, way) => {
    const { query, headers } = way();
    const ignition = await fetch(`${url}${filesOf(id)}&discovery_iso_type=disconnected-iso&${query}`, { headers });
    expect(ignition.status).toBe(200);
    expect(await ignition.json()).toHaveProperty('ignition.version');
    expect(Date.parse(ignition.headers.get('last-modified') ?? '')).toBeLessThanOrEqual(Date.now());
    const infraEnv = await send('GET', `${v2}/infra-envs/${id}?${query}`, headers);
    expect([infraEnv.status, JSON.parse(infraEnv.body.kernel_arguments)]).toEqual([
      200,
      [{ operation: 'append', value: 'quiet' }],
    ]);
  });

  it.each(['', 'image_token=', `api_key=${'x'.repeat(20)}`])('gets nothing without credentials: %s', async (query) => {
    for (const path of [`${filesOf(id)}&${query}`, `${v2}/infra-envs/${id}?${query}`]) {
      expect(await send('GET', path)).toMatchObject({ status: 401, body: unauthenticated });
    }
  });

  it('gets nothing of another infra-env, there or not', async () => {
    const { infraEnvId } = await createBoth(api, '4.20');
    for (const other of [infraEnvId, '99999999-9999-4999-8999-999999999999']) {
      for (const path of [`${filesOf(other)}&api_key=${token}`, `${v2}/infra-envs/${other}?api_key=${token}`]) {
        const message = `Token for infraEnv ID ${id}, is unauthorized to access infraEnv ID ${other}`;
        expect(await send('GET', path)).toMatchObject({ status: 403, body: { code: 403, message } });
      }
    }
  });

  it('may do nothing but read', async () => {
    const path = `${v2}/infra-envs/${id}`;
    for (const [method, at] of [
      ['DELETE', path],
      ['POST', `${path}/regenerate-signing-key`],
      ['GET', `${path}/downloads/image-url`],
      ['GET', `${v2}/infra-envs`],
    ] as const) {
      const answer = await send(method, at, { 'Image-Token': token });
      expect([method, at, answer.status, answer.body]).toEqual([method, at, 401, { message: 'Unauthorized' }]);
    }
  });
});

describe('the download_url of a disconnected infra-env', () => {
  it('is an address of this API, the same in every answer', async () => {
    const clusterId = await createCluster(api, '4.20');
    const { body } = await api.post('/v2/infra-envs', disconnected(clusterId));
    expect(body.download_url.startsWith(`${url}/images/bytoken/`)).toBe(true);
    expect(body.download_url.endsWith('/4.20.3/x86_64/disconnected.iso')).toBe(true);
    expect(await imageOf(body.id)).toBe(body.download_url);
    const answer = await api.get(`/v2/infra-envs/${body.id}/downloads/image-url`);
    expect(answer.body).toEqual({ url: body.download_url, expires_at: body.expires_at });
    expect(Date.parse(body.expires_at) - Date.now()).toBeGreaterThan(4 * 60 * 60 * 1000);
  });

  it('says what is missing as long as the release has no base ISO', async () => {
    const { pathname } = new URL(await imageOf(id));
    const reason = 'release 4.20.3 has no base ISO: an operator has to add it with `npx ove release add-iso 4.20.3`';
    for (const path of [pathname, pathname.replace('bytoken', 'byapikey'), `/api/assisted-install${pathname}`]) {
      expect(await send('GET', path, { range: 'bytes=0-1' })).toMatchObject({ status: 409, body: { reason } });
      expect(await send('HEAD', path)).toMatchObject({ status: 409, body: undefined });
    }
  });

  it('is readable by no page of another origin, unlike the rest', async () => {
    const page = { origin: 'https://ui.example' };
    const allowed = async (path: string) => (await send('GET', path, page)).headers.get('access-control-allow-origin');
    expect(await allowed(new URL(await imageOf(id)).pathname)).toBeNull();
    expect(await allowed(`${v2}/infra-envs/${id}?api_key=${token}`)).toBe(page.origin);
  });

  it('opens nothing by the id', async () => {
    const path = new URL(await imageOf(id)).pathname.replace(`bytoken/${token}`, `byid/${id}`);
    expect(await send('GET', path)).toMatchObject({ status: 401, body: unauthenticated });
  });

  it('opens nothing once another signing key was asked for, but the next one does', async () => {
    const { infraEnvId } = await createBoth(api, '4.20');
    const image = await imageOf(infraEnvId);
    const isReadable = async (key: string) => (await send('GET', `${filesOf(infraEnvId)}&api_key=${key}`)).status;
    expect(await isReadable(tokenOf(image))).toBe(302);
    expect((await api.send('POST', `/v2/infra-envs/${infraEnvId}/regenerate-signing-key`)).status).toBe(204);
    const next = await imageOf(infraEnvId);
    expect(await isReadable(tokenOf(image))).toBe(401);
    expect(await send('GET', new URL(image).pathname)).toMatchObject({ status: 401, body: unauthenticated });
    expect((await send('GET', new URL(next).pathname)).status).toBe(409);
    expect(await isReadable(tokenOf(next))).toBe(302);
  });

  it('opens nothing once the infra-env is gone', async () => {
    const { infraEnvId } = await createBoth(api, '4.20');
    const { pathname } = new URL(await imageOf(infraEnvId));
    await api.delete(`/v2/infra-envs/${infraEnvId}`);
    expect(await send('GET', pathname)).toMatchObject({ status: 401, body: unauthenticated });
  });
});

describe('somebody unknown', () => {
  it.each(['/health', '/ready', '/openapi.json', '/api/assisted-install/health'])('may read %s', async (path) => {
    expect((await send('GET', path)).status).toBe(200);
  });

  it('is turned away by the gateway from the rest', async () => {
    const answer = await send('GET', `${v2}/clusters`);
    expect([answer.status, answer.body]).toEqual([401, { message: 'Unauthorized' }]);
  });

  it('may ask whether a page may call', async () => {
    const question = { origin: 'https://ui.example', 'access-control-request-method': 'PATCH' };
    const { status, headers } = await send('OPTIONS', `${v2}/infra-envs/${id}`, question);
    expect([status, headers.get('access-control-allow-origin'), headers.get('access-control-max-age')]).toEqual([
      204,
      'https://ui.example',
      '600',
    ]);
  });
});

describe('npm run smoke', () => {
  it('finds that strangers are refused, and the bearer of a token is not', async () => {
    const { said, failed } = await smoke(['--data', dataDir], { env: { OVE_IGNITION_TOKEN: userTokens.at(-1) } });
    expect(failed).toBeUndefined();
    expect(said.find((line) => line.includes('strangers'))).toMatch(/^ok .*no token, and one that nobody issued$/);
    expect(said.find((line) => line.includes('ISO'))).toMatch(/^ok .*left out: the release has no base ISO/);
    expect(said.at(-1)).toMatch(/^ok +deletion/);
  });

  it('without a token ends before it makes anything', async () => {
    const { said, failed } = await smoke(['--data', dataDir]);
    expect(failed).toBe('smoke: the step "the caller is accepted" failed');
    expect(said.at(-1)).toContain('OVE_IGNITION_TOKEN');
    expect(said.join()).not.toContain('registration');
  });
});
