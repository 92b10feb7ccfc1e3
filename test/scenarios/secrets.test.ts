import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { routes } from '#contract/routes.ts';
import { createBoth, createCluster, disconnected, ignitionPath, pullSecretOf } from './client.ts';
import { runningStack } from './stack.ts';

// Everything that the service writes anywhere, from before its start on.
const output: string[] = [];
const keep = (chunk: unknown): boolean => {
  output.push(String(chunk));
  return true;
};
vi.spyOn(process.stdout, 'write').mockImplementation(keep);
vi.spyOn(process.stderr, 'write').mockImplementation(keep);
for (const level of ['log', 'info', 'warn', 'error', 'debug'] as const) {
  vi.spyOn(console, level).mockImplementation((...parts) => {
    output.push(parts.map(String).join(' '));
  });
}

const { api, dataDir, functions } = await runningStack({
  installers: {
    '4.20.3': {},
    '4.30.0': { behaviour: { hang: {} } },
    '4.31.0': { behaviour: { crash: true } },
    '4.33.0': { behaviour: { hugeOutput: true } },
  },
  environment: { INSTALLER_TIMEOUT_SECONDS: '1' },
  logLevel: 'DEBUG',
});

const canary = 'canary-3f1c9a';
const secret = pullSecretOf(canary);
const auth = Buffer.from(`user:${canary}`).toString('base64');
const proxyPassword = 'canary-proxy-77';
const forms = [canary, auth, JSON.stringify(secret).slice(1, -1), proxyPassword];

/** Every answer of the API, headers included. */
const answers: string[] = [];
const call = async (method: string, path: string, fields?: object) => {
  const answer = await api.send(method, path, fields);
  answers.push(JSON.stringify([method, path, answer.status, [...answer.headers], answer.body]));
  return answer;
};

const proxy = { http_proxy: `http://me:${proxyPassword}@proxy.example.org:3128` };
const bad = {
  'cut off': secret.slice(0, -2),
  'without auths': JSON.stringify({ auth }),
  'with an auth that is no base64': JSON.stringify({ auths: { 'quay.io': { auth: `${canary}!` } } }),
  'with an auth that is no text': JSON.stringify({ auths: { 'quay.io': { auth: [canary] } } }),
  'without a password': JSON.stringify({ auths: { 'quay.io': { auth: Buffer.from(canary).toString('base64') } } }),
  'that is a list': JSON.stringify([canary]),
};

beforeAll(async () => {
  const cluster = { name: 'edge', openshift_version: '4.20', pull_secret: secret };
  const { id } = (await call('POST', '/v2/clusters', cluster)).body;
  const infraEnv = (await call('POST', '/v2/infra-envs', disconnected(id, { pull_secret: secret, name: 'canary' })))
    .body;
  await call('GET', ignitionPath(infraEnv.id));
  await call('GET', ignitionPath(infraEnv.id).replace('/files?', '/files-presigned?'));
  await call('PATCH', `/v2/infra-envs/${infraEnv.id}`, { pull_secret: secret });
  await call('PATCH', `/v2/clusters/${await createCluster(api, '4.20')}`, { pull_secret: secret });
  await call('POST', `/v2/infra-envs/${infraEnv.id}/hosts`, { host_id: infraEnv.id });

  for (const pullSecret of Object.values(bad)) {
    await call('POST', '/v2/clusters', { ...cluster, pull_secret: pullSecret });
    await call('POST', '/v2/infra-envs', disconnected(id, { pull_secret: pullSecret }));
    await call('PATCH', `/v2/infra-envs/${infraEnv.id}`, { pull_secret: pullSecret });
  }
  await call('POST', '/v2/clusters', { ...cluster, unknown: secret });
  await call('POST', '/v2/clusters', { ...cluster, pull_secret: [secret] });
  await call('POST', '/v2/clusters', { ...cluster, ...proxy, https_proxy: `ftp://me:${proxyPassword}@x` });
  await call('POST', '/v2/infra-envs', disconnected(id, { proxy: { http_proxy: `http://me:${proxyPassword}@` } }));

  for (const version of ['4.30', '4.31', '4.33']) {
    const failing = await createBoth(api, version, { pull_secret: secret, proxy });
    await call('GET', ignitionPath(failing.infraEnvId));
    await call('GET', `/v2/events?infra_env_id=${failing.infraEnvId}`);
    await call('GET', `/v2/events?cluster_id=${failing.clusterId}`);
  }

  for (const path of [
    '/v2/clusters',
    `/v2/clusters/${id}`,
    '/v2/infra-envs',
    `/v2/infra-envs/${infraEnv.id}`,
    '/health',
    '/v2/openshift-versions',
    '/v2/offline-openshift-versions',
    '/v2/release-sources',
    '/ready',
  ]) {
    await call('GET', path);
  }
  await call('GET', `/v2/events?infra_env_id=${infraEnv.id}`);
  await call('GET', `/v2/events?cluster_id=${id}`);
  await call('POST', '/v2/clusters/disconnected', { name: 'dc', openshift_version: '4.20', pull_secret: secret });

  await call('DELETE', `/v2/infra-envs/${infraEnv.id}`);
  await call('DELETE', `/v2/clusters/${id}`);
});

afterAll(() => vi.restoreAllMocks());

const found = (text: string): string[] => forms.filter((form) => text.includes(form));

/** Content of all files of the stack but the buckets', by name. */
const files = async (): Promise<(readonly [string, Buffer])[]> => {
  const entries = await readdir(dataDir, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
  const others = paths.filter((path) => !path.startsWith(join(dataDir, 's3')));
  return Promise.all(others.map(async (path) => [path, await readFile(path)] as const));
};

describe('a pull secret that was sent to every route and through every failure', () => {
  it('was sent to every route', () => {
    const called = answers.map((answer) => answer.split('"').slice(1, 4).join(' '));
    for (const { method, path } of Object.values(routes)) {
      const pattern = new RegExp(`^${method} , ${path.replaceAll(/\{\w+\}/g, '[^/]+')}(\\?.*)?$`);
      expect(
        called.filter((line) => pattern.test(line)),
        `${method} ${path}`,
      ).not.toEqual([]);
    }
    expect(functions.map(({ name }) => name)).toHaveLength(4);
  });

  it('is in no answer and no event', () => {
    // The proxy setting itself is the caller's to read again; its password must be nowhere else.
    const readable = answers.map((answer) => answer.replaceAll(JSON.stringify(proxy).slice(1, -1), ''));
    expect(readable.filter((answer) => found(answer).length > 0)).toEqual([]);
  });

  it('is in no log', () => {
    expect(output.length).toBeGreaterThan(0);
    expect(output.filter((line) => found(line).length > 0)).toEqual([]);
  });

  it('is in no file but the artifacts, readable or not', async () => {
    const kept = await files();
    expect(kept.map(([path]) => path)).toContain(join(dataDir, 'stack.json'));
    const telling = kept.filter(([, content]) => [canary, auth].some((form) => content.includes(form)));
    expect(telling.map(([path]) => path)).toEqual([]);
  });
});
