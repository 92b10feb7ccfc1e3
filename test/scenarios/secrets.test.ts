import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { routes } from '#contract/route-table.ts';
import { decodeFile } from '#test/stand-ins/openshift-install/read-ignition.ts';
import { client, createBoth, createCluster, disconnected, download, ignitionPath, pullSecretOf } from './client.ts';
import { capturedOutput } from './own-output.ts';
import { runningStack } from './stack.ts';
import { tokensIn } from './tokens.ts';

// Everything that the service writes anywhere, from before its start on.
const output = capturedOutput();

const { api, url, dataDir, functions, userTokens } = await runningStack({
  installers: {
    '4.20.3': {},
    '4.22.1': { generation: 'G4' },
    '4.30.0': { behaviour: { hang: {} } },
    '4.31.0': { behaviour: { crash: true } },
    '4.33.0': { behaviour: { hugeOutput: true } },
  },
  authentication: 'jwt',
  serviceBaseUrl: 'https://service.example',
  environment: { INSTALLER_TIMEOUT_SECONDS: '4' },
  logLevel: 'DEBUG',
});

const serviceEnvironment = '/usr/local/share/assisted-service/assisted-service.env';
const canary = 'canary-3f1c9a';
const secret = pullSecretOf(canary);
const auth = Buffer.from(`user:${canary}`).toString('base64');
const proxyPassword = 'canary-proxy-77';
// A password of digits alone, which nmstate takes for a number and quotes when it refuses it.
const networkPassword = '4711081504711';
const manifestPassword = 'canary-manifest-31';
const forms = [canary, auth, JSON.stringify(secret).slice(1, -1), proxyPassword, networkPassword, manifestPassword];

/** Every answer of the API, headers included. */
const answers: string[] = [];
const call = async (method: string, path: string, fields?: object | string) => {
  const answer = await api.send(method, path, fields);
  answers.push(JSON.stringify([method, path, answer.status, [...answer.headers], answer.body]));
  return answer;
};

/** An ignition itself holds the pull secret, as the file behind a link does: all of the answer but that. */
const readIgnition = async (infraEnvId: string): Promise<void> => {
  const path = `/v2/infra-envs/${infraEnvId}/downloads/ignition`;
  const answer = await api.get(path);
  answers.push(JSON.stringify(['GET', path, answer.status, [...answer.headers]]));
};

/** Tokens of infra-envs; answers tell them to the owner, and nothing else does. */
const imageTokens: string[] = [];

/** Keys and tokens of an installation; its ignition has them, and nothing else does. */
const credentials: string[] = [];

/** An infra-env whose hosts need tokens: it is registered, changed, and its ignition had twice. */
const useCredentials = async (): Promise<void> => {
  const { infraEnvId, clusterId } = await createBoth(api, '4.22', { pull_secret: secret });
  for (const rendezvous_ip of ['192.0.2.9', '192.0.2.10']) {
    await call('PATCH', `/v2/infra-envs/${infraEnvId}`, { rendezvous_ip });
    const { text } = await download(api, infraEnvId);
    const key = /^EC_PUBLIC_KEY_PEM=(.*)$/m.exec(decodeFile(text, serviceEnvironment))?.[1] ?? '';
    credentials.push(key, ...tokensIn(text).map(({ token }) => token));
  }
  await call('GET', ignitionPath(infraEnvId));
  await call('GET', `/v2/infra-envs/${infraEnvId}`);
  for (const owner of [`infra_env_id=${infraEnvId}`, `cluster_id=${clusterId}`])
    await call('GET', `/v2/events?${owner}`);
  await call('DELETE', `/v2/infra-envs/${infraEnvId}`);
};

/** Every way to bring along an image token, a good one at first and then none any more. */
const useImageToken = async (infraEnvId: string): Promise<void> => {
  const { pathname } = new URL((await call('GET', `/v2/infra-envs/${infraEnvId}/downloads/image-url`)).body.url);
  const token = pathname.split('/')[3] ?? '';
  imageTokens.push(token);
  const files = ignitionPath(infraEnvId);
  for (let use = 0; use < 2; use += 1) {
    for (const path of [`${files}&api_key=${token}`, `/v2/infra-envs/${infraEnvId}?image_token=${token}`]) {
      await client(url).get(path);
      await client(url).get(path.replace('/v2/', '//v2/'));
    }
    await fetch(`${url}${files}`, { headers: { 'image-token': token, authorization: token } });
    for (const path of [pathname, `/${pathname}`, pathname.replace('x86_64', 'arm64')]) {
      await call('GET', path);
      await call('HEAD', path);
    }
    await call('POST', `/v2/infra-envs/${infraEnvId}/regenerate-signing-key`);
  }
};

const static_network_config = [
  {
    network_yaml: `interfaces: [{name: eth0, 802.1x: {identity: me, private-key-password: ${networkPassword}}}]`,
    mac_interface_map: [{ mac_address: 'f8:75:a4:a4:00:01', logical_nic_name: 'eth0' }],
  },
];

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
  await useImageToken(infraEnv.id);
  await useCredentials();
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
  await call('POST', '/v2/infra-envs', disconnected(id, { static_network_config }));
  await call('PATCH', `/v2/infra-envs/${infraEnv.id}`, { static_network_config });

  const plain = `/v2/clusters/${await createCluster(api, '4.20')}`;
  for (const overrides of [JSON.stringify({ pullSecret: secret }), `{"sshKey": ${canary}`, '{"fips":true}']) {
    await call('PATCH', `${plain}/install-config`, overrides);
  }
  await call('GET', `${plain}/install-config`);
  await call('PUT', `${plain}/ui-settings`, 'the last step');
  await call('GET', `${plain}/ui-settings`);

  const manifests = `/v2/clusters/${id}/manifests`;
  const content = (text: string) => Buffer.from(text).toString('base64');
  const file = { folder: 'manifests', file_name: 'secret.yaml' };
  await call('POST', manifests, { ...file, content: content(`password: ${manifestPassword}\n`) });
  await call('POST', manifests, { ...file, content: content(`password: *${manifestPassword}\n`) });
  await call('POST', manifests, { ...file, content: manifestPassword });
  await call('PATCH', manifests, { ...file, updated_content: content(`password: {${manifestPassword}`) });
  await call('PATCH', manifests, { ...file, updated_folder: 'openshift' });
  await call('GET', manifests);
  await call('GET', `${manifests}/files?folder=openshift&file_name=secret.yaml`);
  await call('DELETE', `${manifests}?folder=openshift&file_name=other.yaml`);

  const unbound = { name: 'standard', image_type: 'full-iso', pull_secret: secret, proxy };
  const standard = (await call('POST', '/v2/infra-envs', unbound)).body;
  await call('GET', ignitionPath(standard.id));
  await call('GET', `${ignitionPath(standard.id)}&discovery_iso_type=minimal-iso`);
  await call('GET', ignitionPath(standard.id).replace('discovery.ign', 'static-network-config'));
  await call('GET', `/v2/infra-envs/${standard.id}/downloads/minimal-initrd`);
  await call('PATCH', `/v2/infra-envs/${standard.id}`, { pull_secret: secret });
  await call('GET', `/v2/events?infra_env_id=${standard.id}`);

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
    '/v2/clusters/default-config',
    `/v2/clusters/${id}/hosts`,
    `/v2/clusters/${id}/supported-platforms`,
    `/v2/clusters/${id}/preflight-requirements`,
    `/v2/infra-envs/${infraEnv.id}/hosts`,
    '/v2/support-levels/features?openshift_version=4.20',
    '/v2/support-levels/architectures?openshift_version=4.20',
    '/v2/domains',
    '/v2/supported-operators',
    '/v2/supported-operators/lso',
    '/v2/operators/bundles',
    '/v2/operators/bundles/virtualization',
    '/v2/component-versions',
    '/ready',
    '/openapi.json',
    '/docs',
    '/docs/start.js',
    '/',
    '/page-settings',
    '/page/none.js',
    `/v2/clusters/${id}/credentials`,
    `/v2/clusters/${id}/downloads/credentials?file_name=kubeconfig`,
  ]) {
    await call('GET', path);
  }
  await readIgnition(infraEnv.id);
  await call('GET', `/v2/events?infra_env_id=${infraEnv.id}`);
  await call('GET', `/v2/events?cluster_id=${id}`);
  await call('POST', '/v2/clusters/disconnected', { name: 'dc', openshift_version: '4.20', pull_secret: secret });

  await call('DELETE', `/v2/infra-envs/${infraEnv.id}`);
  await call('DELETE', `/v2/clusters/${id}`);
});

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
    expect(functions.map(({ name }) => name)).toHaveLength(5);
  });

  it('is in no answer and no event', () => {
    // The proxy setting itself is the caller's to read again; its password must be nowhere else.
    const readable = answers.map((answer) => answer.replaceAll(JSON.stringify(proxy).slice(1, -1), ''));
    const telling = readable.filter((answer) => found(answer).length > 0);
    // So is a manifest.
    expect(telling.map((answer) => JSON.parse(answer).at(-1))).toEqual([`password: ${manifestPassword}\n`]);
  });

  it('is quoted by nmstate, and taken out of what it says', () => {
    const quoting = answers.filter((answer) =>
      answer.includes('invalid type: integer `[redacted]`, expected a string'),
    );
    expect(quoting.map((answer) => answer.split('"')[3]?.split(/[?0-9a-f-]{36}/)[0])).toEqual([
      '/v2/infra-envs',
      '/v2/infra-envs/',
      '/v2/events?cluster_id=',
    ]);
  });

  it('is in no log', () => {
    expect(output.length).toBeGreaterThan(0);
    expect(output.filter((line) => found(line).length > 0)).toEqual([]);
  });

  it('is in no file but the artifacts, readable or not', async () => {
    const kept = await files();
    expect(kept.map(([path]) => path)).toContain(join(dataDir, 'stack.json'));
    const telling = kept.filter(([, content]) =>
      [canary, auth, manifestPassword].some((form) => content.includes(form)),
    );
    expect(telling.map(([path]) => path)).toEqual([]);
  });
});

describe('what lets the hosts of an installation in', () => {
  const found = (content: string | Buffer): string[] => credentials.filter((secret) => content.includes(secret));

  it('is the same in every ignition of the infra-env', () => {
    expect(credentials.every((secret) => secret.length > 50)).toBe(true);
    expect(credentials.length).toBeGreaterThan(10);
    expect(new Set(credentials).size).toBe(4);
  });

  it('is in no answer, no event and no log', () => {
    expect([...answers, ...output].filter((text) => found(text).length > 0)).toEqual([]);
  });

  it('is in no file but the artifacts, readable or not', async () => {
    const telling = (await files()).filter(([, content]) => found(content).length > 0);
    expect(telling.map(([path]) => path)).toEqual([]);
  });
});

describe('a token that was brought along to every route', () => {
  const found = (content: string | Buffer): string[] =>
    [...userTokens, ...imageTokens].filter((token) => content.includes(token));

  it('is in no log', () => {
    expect(userTokens.length).toBeGreaterThan(50);
    expect(imageTokens).toHaveLength(1);
    expect(output.filter((line) => found(line).length > 0)).toEqual([]);
  });

  it('is in no file', async () => {
    const telling = (await files()).filter(([, content]) => found(content).length > 0);
    expect(telling.map(([path]) => path)).toEqual([]);
  });
});
