import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { listen } from '#emulators/http/listen.ts';
import type { LocalOptions } from '#local/local-options.ts';
import { type LocalStack, startLocal } from '#local/local-stack.ts';
import { makeInstaller } from '#local/sample-release/openshift-install/make-installer.ts';
import { httpStatus } from '#test/emulators/http/http-status.ts';
import { startTokenIssuer } from '#test/fakes/token-issuer.ts';

let folder: string;
let installer: string;
let stack: LocalStack | undefined;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'local-'));
  installer = await makeInstaller({ dir: join(folder, 'bin'), version: '4.20.3', generation: 'G3' });
});

afterEach(async () => {
  await stack?.close();
  stack = undefined;
});

afterAll(() => rm(folder, { recursive: true }));

const start = async (options: Partial<LocalOptions> = {}): Promise<LocalStack> => {
  stack = await startLocal({ dataDir: join(folder, 'data'), port: 0, ...options });
  return stack;
};

const pullSecret = JSON.stringify({ auths: { 'quay.io': { auth: Buffer.from('user:canary').toString('base64') } } });

const post = async (path: string, body: object) => {
  const response = await fetch(`${stack?.url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'n', pull_secret: pullSecret, ...body }),
  });
  expect(response.status, await response.clone().text()).toBe(201);
  return (await response.json()) as { id: string };
};

const register = async () => {
  const cluster = await post('/v2/clusters', { openshift_version: '4.20' });
  const infraEnv = await post('/v2/infra-envs', { cluster_id: cluster.id, image_type: 'disconnected-iso' });
  return { cluster, infraEnv };
};

const download = async (id: string): Promise<string> => {
  const response = await fetch(`${stack?.url}/v2/infra-envs/${id}/downloads/files?file_name=discovery.ign`);
  expect(response.status).toBe(200);
  return response.text();
};

const statusOf = async (id: string): Promise<unknown> => {
  const cluster = (await (await fetch(`${stack?.url}/v2/clusters/${id}`)).json()) as { status: unknown };
  return cluster.status;
};

describe('the local stack', () => {
  test('serves the whole way from a cluster to its ignition', async () => {
    const { releases, functions } = await start({ installers: [installer] });
    expect(releases).toMatchObject([{ version: '4.20.3' }]);
    const disks = functions.map((each) => [each.folder, each.temporary?.megabytes]);
    expect(disks.filter(([, megabytes]) => megabytes !== undefined)).toEqual([['ignition', 10_240]]);
    const { cluster, infraEnv } = await register();
    expect(await statusOf(cluster.id)).toBe('disconnected');
    expect(JSON.parse(await download(infraEnv.id))).toMatchObject({ ignition: { version: expect.any(String) } });
  });

  test('keeps clusters, releases, secrets and artifacts over a restart, and nothing that was temporary', async () => {
    await start({ installers: [installer] });
    const { cluster, infraEnv } = await register();
    const before = await download(infraEnv.id);
    await stack?.close();
    await writeFile(join(folder, 'data', 'tmp', 'left'), '');

    const { releases } = await start();
    expect(releases).toMatchObject([{ version: '4.20.3' }]);
    expect(await statusOf(cluster.id)).toBe('disconnected');
    expect(await download(infraEnv.id)).toBe(before);
    expect(await readdir(join(folder, 'data', 'tmp'))).toEqual([]);
  });

  test('lets the ignition function write to its own folders and to /tmp alone', async () => {
    const elsewhere = join(homedir(), `ove-ignition-${process.pid}`);
    await start({ installers: [installer], environment: { WORKSPACE_DIR: elsewhere }, logLevel: 'SILENT' });
    const { infraEnv } = await register();
    const answer = await fetch(`${stack?.url}/v2/infra-envs/${infraEnv.id}/downloads/files?file_name=discovery.ign`);
    expect([answer.status, existsSync(elsewhere)]).toEqual([500, false]);
  });

  test('lets a running generation end before it closes', async () => {
    const reported = vi.spyOn(console, 'error');
    await start({ installers: [installer] });
    const { infraEnv } = await register();
    await stack?.close();
    expect(reported).not.toHaveBeenCalled();
    reported.mockRestore();
    await start();
    expect(await download(infraEnv.id)).toContain('ignition');
  });

  test('takes everyone for admin, whatever they bring along', async () => {
    await start({ installers: [installer] });
    const { id } = await post('/v2/clusters', { openshift_version: '4.20' });
    const answer = await fetch(`${stack?.url}/v2/clusters/${id}`, { headers: { authorization: 'Bearer of nothing' } });
    expect(await answer.json()).toMatchObject({ user_name: 'admin', email_domain: 'Unknown' });
  });

  test('asks callers for tokens if it is told whose', async () => {
    const issuer = await startTokenIssuer();
    await start({ dataDir: join(folder, 'owners'), authentication: issuer.trusted });
    const list = async (headers: Record<string, string> = {}) =>
      (await fetch(`${stack?.url}/v2/clusters`, { headers })).status;
    expect(await list()).toBe(401);
    expect(await list({ authorization: 'Bearer of nothing' })).toBe(401);
    expect(await list({ authorization: `Bearer ${await issuer.sign({ username: 'ada' })}` })).toBe(200);
    expect((await fetch(`${stack?.url}/health`)).status).toBe(200);
    await issuer.close();
  });

  test('lets the pages of the origins that it is told of read answers', async () => {
    await start({ allowedDomains: 'http://ui.example.org' });
    const asked = await fetch(`${stack?.url}/api/assisted-install/v2/clusters`, {
      method: 'OPTIONS',
      headers: { origin: 'http://ui.example.org', 'access-control-request-method': 'POST' },
    });
    expect(asked.status).toBe(204);
    expect(asked.headers.get('access-control-allow-origin')).toBe('http://ui.example.org');
  });

  test('lets no web page at the services behind the API', async () => {
    await start();
    const services = ['DYNAMODB', 'KMS', 'LAMBDA', 'S3', 'SFN'];
    for (const url of services.map((name) => process.env[`AWS_ENDPOINT_URL_${name}`] ?? '')) {
      expect([url, await httpStatus(url, { method: 'POST', headers: { origin: 'https://stranger.example' } })]).toEqual(
        [url, 403],
      );
      expect([url, await httpStatus(url, { method: 'POST', headers: { host: 'stranger.example' } })]).toEqual([
        url,
        403,
      ]);
    }
  });

  test('gives functions the variables that it is told to', async () => {
    await start({ environment: { LINK_SECONDS: '77' }, installers: [installer] });
    const { infraEnv } = await register();
    const path = `/v2/infra-envs/${infraEnv.id}/downloads/files?file_name=discovery.ign`;
    const response = await fetch(`${stack?.url}${path}`, { redirect: 'manual' });
    expect(new URL(response.headers.get('location') ?? '').searchParams.get('X-Amz-Expires')).toBe('77');
  });

  test('leaves the environment of the process as it was', async () => {
    const before = { ...process.env };
    await start();
    expect(process.env.AWS_ENDPOINT_URL_S3).toBeDefined();
    await stack?.close();
    expect(process.env).toEqual(before);
  });
});

describe('the local stack does not start', () => {
  test('on a port that is taken', async () => {
    const other = await listen(createServer((_, response) => response.end('another service')));
    const port = Number(new URL(other.endpoint).port);
    await expect(start({ port })).rejects.toThrow(`port ${port} is taken: choose another one with --port`);
    await other.close();
  });

  test('beside itself on one port, and says that it is there already', async () => {
    const { url } = await start();
    await fetch(`${url}/v2/component-versions`);
    const port = Number(new URL(url).port);
    await expect(startLocal({ dataDir: join(folder, 'second'), port })).rejects.toThrow(
      `this service runs already, at ${url}: use that one, or start another with --port and --data`,
    );
    expect(await readdir(folder)).not.toContain('second');
  });

  test('with what is not an openshift-install, and leaves no data folder behind', async () => {
    const dataDir = join(folder, 'failed', 'data');
    await expect(start({ dataDir, installers: ['/bin/false'] })).rejects.toThrow(/is not an openshift-install/);
    expect(await readdir(folder)).not.toContain('failed');
  });

  test('with what is not an openshift-install, and lets go of everything', async () => {
    await expect(start({ installers: ['/bin/false'] })).rejects.toThrow(
      /^\/bin\/false: .* is not an openshift-install/,
    );
    await start();
  });
});
