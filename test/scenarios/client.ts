import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { vi } from 'vitest';
import { patience } from '#test/patience.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: a test says what it expects of the JSON that it gets
  readonly body: any;
}

interface Session {
  /** Signs a token for a user; without it nobody is asked who they are. */
  readonly tokenOf?: ((userName: string) => Promise<string>) | undefined;
  readonly userName?: string;
}

/** Never follows a redirect by itself. */
export const client = (url: string, { tokenOf, userName = 'admin' }: Session = {}) => {
  const send = async (method: string, path: string, fields?: object | string): Promise<Answer> => {
    const answer = await fetch(`${url}/api/assisted-install${path}`, {
      method,
      redirect: 'manual',
      headers: {
        ...(fields === undefined ? {} : { 'content-type': 'application/json' }),
        ...(tokenOf === undefined ? {} : { authorization: `Bearer ${await tokenOf(userName)}` }),
      },
      ...(fields === undefined ? {} : { body: JSON.stringify(fields) }),
    });
    const text = await answer.text();
    const isJson = text !== '' && answer.headers.get('content-type') === 'application/json';
    const body = isJson ? JSON.parse(text) : text || undefined;
    return { status: answer.status, headers: answer.headers, body };
  };
  return {
    get: (path: string) => send('GET', path),
    post: (path: string, fields: object) => send('POST', path, fields),
    patch: (path: string, fields: object | string) => send('PATCH', path, fields),
    put: (path: string, fields: object | string) => send('PUT', path, fields),
    delete: (path: string) => send('DELETE', path),
    send,
    as: (name: string) => {
      if (tokenOf === undefined) throw new Error('everyone is admin here: the stack has to ask for tokens');
      return client(url, { tokenOf, userName: name });
    },
  };
};

export type Api = ReturnType<typeof client>;

const base64 = (text: string): string => Buffer.from(text).toString('base64');

export const pullSecretOf = (password: string): string =>
  JSON.stringify({ auths: { 'quay.io': { auth: base64(`user:${password}`), email: 'user@example.org' } } });

export const pullSecret = pullSecretOf('password');

/** A new ed25519 key as ssh-keygen writes it. */
export const sshKey = (comment: string): string => {
  const { publicKey } = generateKeyPairSync('ed25519');
  const { x = '' } = createPublicKey(publicKey.export({ type: 'spki', format: 'pem' })).export({ format: 'jwk' });
  const part = (bytes: Buffer) => Buffer.concat([Buffer.from([0, 0, 0, bytes.length]), bytes]);
  const blob = Buffer.concat([part(Buffer.from('ssh-ed25519')), part(Buffer.from(x, 'base64url'))]);
  return `ssh-ed25519 ${blob.toString('base64')} ${comment}`;
};

export const createCluster = async (api: Api, openshiftVersion: string): Promise<string> => {
  const fields = { name: 'edge', openshift_version: openshiftVersion, pull_secret: pullSecret };
  return (await api.post('/v2/clusters', fields)).body.id;
};

export const disconnected = (clusterId: string, fields: object = {}) => ({
  name: 'edge',
  cluster_id: clusterId,
  image_type: 'disconnected-iso',
  pull_secret: pullSecret,
  ...fields,
});

export const createInfraEnv = async (api: Api, clusterId: string, fields: object = {}): Promise<string> =>
  (await api.post('/v2/infra-envs', disconnected(clusterId, fields))).body.id;

/** A cluster of the version with one disconnected infra-env. */
export const createBoth = async (api: Api, openshiftVersion: string, fields: object = {}) => {
  const clusterId = await createCluster(api, openshiftVersion);
  return { clusterId, infraEnvId: await createInfraEnv(api, clusterId, fields) };
};

export const ignitionPath = (infraEnvId: string): string =>
  `/v2/infra-envs/${infraEnvId}/downloads/files?file_name=discovery.ign`;

/** What an endpoint answers once it no longer asks to come again: a busy machine may need longer than one request lasts. */
const askUntilReady = (api: Api, path: string) =>
  vi.waitFor(async () => {
    const answer = await api.get(path);
    if ([503, 504].includes(answer.status)) throw new Error(`${answer.status}: ${answer.body.reason}`);
    return answer;
  }, patience);

/** The file behind the redirect, as curl -L --retry gets it. @throws Error with the body of a refusal */
export const download = async (api: Api, infraEnvId: string) => {
  const redirect = await askUntilReady(api, ignitionPath(infraEnvId));
  if (redirect.status !== 302) throw new Error(`${redirect.status}: ${JSON.stringify(redirect.body)}`);
  const file = await fetch(redirect.headers.get('location') ?? '');
  return { status: file.status, headers: file.headers, text: await file.text() };
};

export const eventsOf = async (api: Api, query: string): Promise<{ name: string; message: string }[]> =>
  (await api.get(`/v2/events?${query}`)).body;

/** How often an event of that name is there. */
export const countEvents = async (api: Api, query: string, name: string): Promise<number> =>
  (await eventsOf(api, query)).filter((event) => event.name === name).length;
