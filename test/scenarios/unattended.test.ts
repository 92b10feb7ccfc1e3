import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { beforeAll, describe, expect, it } from 'vitest';
import { coreOsIso } from '#local/sample-release/core-os-iso.ts';
import { sharedFolder } from '#test/fakes/temporary-folder.ts';
import { decodeFile, filePaths, hasFile, parseIgnition } from '#test/stand-ins/openshift-install/read-ignition.ts';
import { hasTools } from '#test/tools.ts';
import { download, ignitionPath } from './client.ts';
import { composed, downloadIso, ignitionIn, operatorOf } from './isos.ts';
import { capturedOutput } from './own-output.ts';
import { generations, runningStack } from './stack.ts';
import { expectTokensVerified, tokensIn } from './tokens.ts';
import { unattended, unattendedSite } from './unattended-site.ts';

// Everything that the service writes anywhere, from before its start on.
const output = capturedOutput();

const { api, dataDir } = await runningStack({
  installers: {
    '4.20.3': generations['4.20.3'],
    '4.22.1': generations['4.22.1'],
    '4.31.0': { behaviour: { crash: true } },
  },
  authentication: 'jwt',
  logLevel: 'DEBUG',
});

// The oldest and the newest build: what each build makes of a site is held where no stack has to run for it.
const [oldest, newest] = ['4.20.3', '4.22.1'] as const;
const versions = [oldest, newest];

/** Every answer of the API but the credentials themselves, headers included. */
const answers: string[] = [];
const call = async (method: string, path: string, fields?: object) => {
  const answer = await api.send(method, path, fields);
  answers.push(JSON.stringify([path, answer.status, [...answer.headers], answer.body]));
  return answer;
};

const sites = new Map<string, { readonly clusterId: string; readonly infraEnvId: string; readonly ignition: string }>();
const siteOf = (version: string) => sites.get(version) ?? expect.fail(`no site of ${version}`);

beforeAll(async () => {
  for (const version of versions) {
    const { clusterId, infraEnvId } = await unattendedSite(api, version);
    sites.set(version, { clusterId, infraEnvId, ignition: (await download(api, infraEnvId)).text });
  }
});

describe.each(versions)('a site of release %s that was described by the API alone', (version) => {
  const text = (path: string): string => decodeFile(siteOf(version).ignition, path);
  const manifest = (name: string): unknown => load(text(`/etc/assisted/manifests/${name}`));

  it('has its cluster in the manifests that the site registers it from', () => {
    expect(manifest('cluster-deployment.yaml')).toMatchObject({
      spec: { clusterName: 'edge', baseDomain: 'example.com' },
    });
    expect(manifest('agent-cluster-install.yaml')).toMatchObject({
      spec: {
        apiVIPs: ['192.0.2.2'],
        ingressVIPs: ['192.0.2.3'],
        networking: { machineNetwork: [{ cidr: '192.0.2.0/24' }] },
        provisionRequirements: { controlPlaneAgents: 3, workerAgents: 2 },
      },
    });
    expect(manifest('operators.yaml')).toEqual([{ name: 'nmstate' }]);
    expect(text('/etc/assisted/extra-manifests/motd.yaml')).toContain('kind: ConfigMap');
  });

  it('has each host with its name, role, disk and network, and the place where they meet', () => {
    const { ignition } = siteOf(version);
    for (const [index, { hostname, role }] of unattended.hosts.entries()) {
      const folder = `/etc/assisted/hostconfig/${hostname}`;
      const mac = text(`${folder}/mac_addresses`).trim();
      expect(mac).toBe(unattended.static_network_config[index]?.mac_interface_map[0]?.mac_address.toLowerCase());
      expect(text(`${folder}/role`)).toBe(role);
      expect(load(text(`${folder}/root-device-hints.yaml`))).toEqual({ deviceName: '/dev/sda' });
      expect(text(`/etc/assisted/hostnames/${mac}`)).toBe(hostname);
    }
    expect(
      filePaths(ignition).filter((path) => /^\/etc\/assisted\/network\/host\d\/.*\.nmconnection$/.test(path)),
    ).toHaveLength(5);
    expect(text('/etc/assisted/rendezvous-host.env')).toMatch(/^NODE_ZERO_IP=192\.0\.2\.10$/m);
    expect(text('/usr/local/share/start-cluster/start-cluster.env')).toMatch(
      /REQUIRED_MASTER_NODES=3\n.*\n?REQUIRED_WORKER_NODES=2/,
    );
  });

  it('starts by itself, with keys and tokens of one run under its own id', () => {
    const { ignition, infraEnvId } = siteOf(version);
    const units = parseIgnition(ignition).systemd?.units ?? [];
    expect(units.find(({ name }) => name === 'start-cluster-installation.service')?.enabled).toBe(true);
    expect(hasFile(ignition, '/etc/assisted/interactive-ui')).toBe(false);
    expect(text('/usr/local/share/assisted-service/assisted-service.env')).toContain(`INFRA_ENV_ID=${infraEnvId}\n`);
    expect(tokensIn(ignition).length).toBeGreaterThan(3);
    expectTokensVerified(ignition);
  });
});

describe.runIf(hasTools('xorriso', 'cpio'))('its ISO', () => {
  it('holds the same ignition', async () => {
    const folder = await sharedFolder();
    const operate = await operatorOf(dataDir);
    await operate('add-iso', newest, '--file', await coreOsIso({ folder }));
    const { infraEnvId } = siteOf(newest);
    await api.patch(`/v2/infra-envs/${infraEnvId}`, { allow_reinstall: true });
    await composed(api, infraEnvId);
    const ignition = await ignitionIn(await downloadIso(api, infraEnvId, folder), folder);
    expect(ignition).toBe((await download(api, infraEnvId)).text);
    expect(ignition).not.toContain('ove-installation-guard');
  });
});

describe('what an administrator gets before the boot', () => {
  const credentials = (clusterId: string, name: string): string =>
    `/v2/clusters/${clusterId}/downloads/credentials?file_name=${name}`;
  const secrets: string[] = [];

  beforeAll(async () => {
    const { clusterId, infraEnvId, ignition } = siteOf(newest);
    const [kubeconfig, password] = await Promise.all(
      ['kubeconfig', 'kubeadmin-password'].map(async (name) => (await api.get(credentials(clusterId, name))).body),
    );
    const keys = filePaths(ignition).filter((path) => path.startsWith('/opt/agent/tls/'));
    secrets.push(
      password,
      ...(kubeconfig.match(/(?<=-data: ).+/g) ?? []),
      ...keys.map((path) => decodeFile(ignition, path)),
      ...tokensIn(ignition).map(({ token }) => token),
    );

    for (const path of [`/v2/clusters/${clusterId}`, `/v2/infra-envs/${infraEnvId}`]) {
      await call('GET', path);
      await call('PATCH', path, { tags: 'ours' });
      await call('PATCH', path, { name: 'Edge.' });
    }
    await call('GET', ignitionPath(infraEnvId));
    await call('GET', `/v2/clusters/${clusterId}/install-config`);
    await call('GET', `/v2/clusters/${clusterId}/manifests`);
    await call('GET', credentials(clusterId, 'admin'));
    for (const owner of [`infra_env_id=${infraEnvId}`, `cluster_id=${clusterId}`])
      await call('GET', `/v2/events?${owner}`);

    const failing = await unattendedSite(api, '4.31.0');
    await call('GET', ignitionPath(failing.infraEnvId));
    await call('GET', credentials(failing.clusterId, 'kubeconfig'));
    await call('GET', `/v2/events?cluster_id=${failing.clusterId}`);
  });

  it('opens the cluster that the ISO installs', async () => {
    const { clusterId } = siteOf(newest);
    expect((await api.get(credentials(clusterId, 'kubeconfig'))).body).toContain(
      'server: https://api.edge.example.com:6443',
    );
    const events = (await api.get(`/v2/events?cluster_id=${clusterId}`)).body;
    const readings = events.filter(({ name }: { name: string }) => name === 'cluster_credentials_read');
    expect(readings.length).toBeGreaterThan(2);
  });

  it('is for nobody else', async () => {
    const { clusterId } = siteOf(newest);
    for (const name of ['kubeconfig', 'kubeadmin-password']) {
      expect((await api.as('bob').get(credentials(clusterId, name))).status).toBe(404);
    }
    expect((await api.as('bob').get(`/v2/clusters/${clusterId}/credentials`)).status).toBe(404);
  });

  const telling = (texts: readonly string[]): string[] =>
    texts.filter((text) =>
      secrets.some((secret) => text.includes(secret) || text.includes(JSON.stringify(secret).slice(1, -1))),
    );

  it('is in no other answer, no event and no log', () => {
    expect(secrets.length).toBeGreaterThan(14);
    expect(secrets.every((secret) => secret.length > 20)).toBe(true);
    expect(answers.length).toBeGreaterThan(12);
    expect(output.length).toBeGreaterThan(0);
    expect(telling(answers)).toEqual([]);
    expect(telling(output)).toEqual([]);
  });

  it('is in no file but the artifacts, readable or not', async () => {
    const entries = await readdir(dataDir, { recursive: true, withFileTypes: true });
    const paths = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
    const others = paths.filter((path) => !path.startsWith(join(dataDir, 's3')));
    expect(others.length).toBeGreaterThan(1);
    const contents = await Promise.all(others.map((path) => readFile(path, 'latin1')));
    expect(others.filter((_, index) => telling([contents[index] ?? '']).length > 0)).toEqual([]);
  });
});
