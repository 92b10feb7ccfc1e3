import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { load } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import type { InfraEnvSettings } from '#domain/infra-env/infra-env-settings.ts';
import { toSiteHost } from '#domain/infra-env/site-hosts.ts';
import { readConfigImage } from '#domain/installation/config-archive.ts';
import { type Generation, generations, versions } from '#local/sample-release/openshift-install/make-installer.ts';
import { registered, release } from '#test/domain/cluster/samples.ts';
import { hostNetwork } from '#test/domain/infra-env/host-network.ts';
import { clusterSettings, hosts, networks, someManifest } from '#test/domain/installation/sites.ts';
import { extractFile } from '#test/fakes/iso-files.ts';
import { expectTokensVerified, tokensIn } from '#test/scenarios/tokens.ts';
import { decodeFile, filePaths, hasFile, parseIgnition } from '#test/stand-ins/openshift-install/read-ignition.ts';
import { hasTools } from '#test/tools.ts';
import { outcome } from './outcome.ts';
import { world } from './world.ts';

const manifests = '/etc/assisted/manifests/';

interface Given {
  readonly settings?: InfraEnvSettings;
  readonly cluster?: object;
  readonly revision?: number;
  readonly siteCredentials?: Map<string, Readonly<Record<string, string>>>;
}

const unattended = async (generation: Generation, given: Given = {}) => {
  const version = versions[generation];
  const { settings } = registered({ ...clusterSettings, worker_count: 2, ...given.cluster }, release(version));
  return world({
    generation,
    cluster: { name: 'edge', settings },
    infraEnv: {
      ...(given.revision === undefined ? {} : { revision: given.revision }),
      settings: {
        installation: 'unattended',
        hosts: hosts.map(toSiteHost),
        static_network_config: networks,
        rendezvous_ip: '192.0.2.10',
        ...given.settings,
      },
    },
    manifests: { [someManifest.fileName]: someManifest.content.toString() },
    ...(given.siteCredentials === undefined ? {} : { siteCredentials: given.siteCredentials }),
  });
};

const ignitionOf = async (generation: Generation, given: Given = {}): Promise<string> => {
  const here = await unattended(generation, given);
  expect(await outcome(here)).toBe('no failure');
  return here.ignition();
};

const manifestIn = (ignition: string, name: string): unknown => load(decodeFile(ignition, `${manifests}${name}`));
const unitIn = (ignition: string, name: string) =>
  parseIgnition(ignition).systemd?.units?.find((unit) => unit.name === name);

describe.each(generations)('an unattended ignition of openshift-install of generation %s', (generation) => {
  const siteCredentials = new Map<string, Readonly<Record<string, string>>>();
  const cluster = {
    schedulable_masters: true,
    disk_encryption: { enable_on: 'masters', mode: 'tpmv2' },
    install_config_overrides: '{"fips":true}',
  };
  let made: Promise<string> | undefined;
  const once = async () => {
    made ??= ignitionOf(generation, { siteCredentials, cluster });
    const ignition = await made;
    return { ignition, text: (path: string): string => decodeFile(ignition, path) };
  };

  it('holds the cluster in the places of the configuration image', async () => {
    const { ignition, text } = await once();
    expect(manifestIn(ignition, 'cluster-deployment.yaml')).toMatchObject({
      spec: { clusterName: 'edge', baseDomain: 'example.com' },
    });
    expect(manifestIn(ignition, 'agent-cluster-install.yaml')).toMatchObject({
      spec: {
        apiVIPs: ['192.0.2.2'],
        ingressVIPs: ['192.0.2.3'],
        platformType: 'BareMetal',
        networking: { machineNetwork: [{ cidr: '192.0.2.0/24' }] },
        provisionRequirements: { controlPlaneAgents: 3, workerAgents: 2 },
        mastersSchedulable: true,
        diskEncryption: { enableOn: 'masters', mode: 'tpmv2' },
      },
    });
    expect(manifestIn(ignition, 'operators.yaml')).toEqual([{ name: 'nmstate' }]);
    expect(text('/etc/assisted/extra-manifests/motd.yaml')).toBe(someManifest.content.toString());
    expect(text('/usr/local/share/start-cluster/start-cluster.env')).toContain('REQUIRED_WORKER_NODES=2');
    expect(filePaths(ignition).filter((path) => path.startsWith('/opt/agent/tls/'))).toHaveLength(9);
  });

  it('holds each host with its name, role, disk and network, and the place where they meet', async () => {
    const { ignition, text } = await once();
    for (const [index, { hostname, role }] of hosts.entries()) {
      const folder = `/etc/assisted/hostconfig/${hostname}`;
      const mac = text(`${folder}/mac_addresses`).trim();
      expect(mac).toBe(networks[index]?.mac_interface_map[0]?.mac_address);
      expect(text(`${folder}/role`)).toBe(role);
      expect(load(text(`${folder}/root-device-hints.yaml`))).toEqual({ deviceName: '/dev/sda' });
      expect(text(`/etc/assisted/hostnames/${mac}`)).toBe(hostname);
    }
    const connections = filePaths(ignition).filter((path) => /^\/etc\/assisted\/network\/.*\.nmconnection$/.test(path));
    expect(connections).toHaveLength(hosts.length);
    expect(text('/etc/assisted/rendezvous-host.env')).toMatch(/^NODE_ZERO_IP=192\.0\.2\.10$/m);
  });

  it('starts by itself, without a wizard, once its hosts have what the ISO hands them', async () => {
    const { ignition } = await once();
    expect(unitIn(ignition, 'start-cluster-installation.service')).toMatchObject({ enabled: true });
    expect(unitIn(ignition, 'pre-network-manager-config.service')).toMatchObject({ enabled: true });
    expect(unitIn(ignition, 'ove-installation-guard.service')).toMatchObject({ enabled: true });
    expect(hasFile(ignition, '/etc/assisted/interactive-ui')).toBe(false);
    expect(hasFile(ignition, '/etc/assisted/no-config-image')).toBe(true);
    const links = (parseIgnition(ignition).storage?.links ?? []).filter(
      ({ path }) => path === '/etc/assisted/interactive-ui',
    );
    expect(links).toHaveLength(1);
  });

  it('has the tokens of one run alone, whose key verifies them', async () => {
    const { ignition } = await once();
    expect(hasFile(ignition, '/etc/assisted/rendezvous-host.env.template')).toBe(false);
    expect(new Set(tokensIn(ignition).map(({ path }) => path))).toEqual(
      new Set(['/etc/assisted/rendezvous-host.env', '/usr/local/share/assisted-service/assisted-service.env']),
    );
    expectTokensVerified(ignition);
  });

  it('holds the gate that the release needs', async () => {
    const { ignition } = await once();
    const { metadata } = manifestIn(ignition, 'agent-cluster-install.yaml') as {
      metadata: { annotations?: Record<string, string> };
    };
    const overrides = metadata.annotations?.['agent-install.openshift.io/install-config-overrides'] ?? '{}';
    const gate = { featureSet: 'CustomNoUpgrade', featureGates: ['NoRegistryClusterInstall=true'] };
    expect(JSON.parse(overrides)).toEqual({ fips: true, ...(generation === 'G1' ? {} : gate) });
  });

  it('is made of the same bytes again, with the keys and tokens of the first run', async () => {
    const { ignition, text } = await once();
    expect(await ignitionOf(generation, { siteCredentials, cluster })).toBe(ignition);
    const changed = await ignitionOf(generation, {
      siteCredentials,
      revision: 2,
      cluster: { base_dns_domain: 'example.org' },
    });
    expect(changed).not.toBe(ignition);
    for (const path of ['/opt/agent/tls/kubeadmin-password.hash', '/etc/assisted/rendezvous-host.env']) {
      expect(decodeFile(changed, path)).toBe(text(path));
    }
    expectTokensVerified(changed);
  });
});

describe.each(['G1', 'G4'] as const)('a separate site of openshift-install of generation %s', (generation) => {
  const siteCredentials = new Map<string, Readonly<Record<string, string>>>();
  const separate = { settings: { site_settings: 'separate' as const }, siteCredentials };

  it('has an ISO that waits for a medium, and nothing of the site in it', async () => {
    const ignition = await ignitionOf(generation, separate);
    const paths = filePaths(ignition);
    for (const marker of ['/etc/assisted/interactive-ui', '/etc/assisted/no-config-image']) {
      expect(paths).not.toContain(marker);
      expect((parseIgnition(ignition).storage?.links ?? []).filter(({ path }) => path === marker)).toHaveLength(1);
    }
    const ofSite =
      /rendezvous-host\.env|\/etc\/assisted\/(?:network|hostconfig|hostnames|extra-manifests)\/|\/opt\/agent\/tls\//;
    expect(paths.filter((path) => ofSite.test(path))).toEqual([]);
    expect(paths).not.toContain(`${manifests}agent-cluster-install.yaml`);
    expect(unitIn(ignition, 'start-cluster-installation.service')?.enabled).not.toBe(true);
    expect(unitIn(ignition, 'start-cluster-installation.service')?.dropins).toHaveLength(1);
    expectTokensVerified(ignition);
  });

  it('has a medium with the files of the site under its own id, the same at every time', async () => {
    const here = await unattended(generation, separate);
    await here.make('config.iso');
    const [medium = Buffer.alloc(0)] = here.artifacts.values();
    const files = new Map((await readConfigImage(medium)).map(({ path, content }) => [path, content.toString('utf8')]));
    expect(files.get('/etc/assisted/rendezvous-host.env')).toMatch(/^NODE_ZERO_IP=192\.0\.2\.10$/m);
    expect(files.get('/usr/local/share/assisted-service/assisted-service.env')).toContain(
      `INFRA_ENV_ID=${here.infraEnv.id}\n`,
    );
    expect(load(files.get(`${manifests}operators.yaml`) ?? '')).toEqual([{ name: 'nmstate' }]);
    expect(files.get('/etc/assisted/extra-manifests/motd.yaml')).toBe(someManifest.content.toString());
    expect(files.get('/etc/assisted/hostconfig/node-4.edge.example.com/role')).toBe('worker');

    const again = await unattended(generation, separate);
    await again.make('config.iso');
    expect(again.artifacts.values().next().value?.equals(medium)).toBe(true);

    if (!hasTools('xorriso')) return;
    const iso = join(again.dir, 'config.iso');
    await writeFile(iso, medium);
    const archive = gunzipSync(await readFile(await extractFile(iso, '/CONFIG.GZ', again.dir)));
    expect(archive.toString('latin1')).toContain('NODE_ZERO_IP=192.0.2.10');
  });
});

describe('an unattended ignition', () => {
  it('finds hosts by their places among all, though one before them is still to be filled in', async () => {
    const [first, ...others] = hosts.map(toSiteHost);
    const ignition = await ignitionOf('G3', {
      settings: {
        hosts: [{ ...first, mac_addresses: ['52:54:00:00:00:00'] }, ...others],
        static_network_config: [hostNetwork('0.0.0.0', '00'), ...networks.slice(1)],
        rendezvous_ip: '192.0.2.11',
      },
    });
    for (const [index, { hostname }] of hosts.entries()) {
      const mac = decodeFile(ignition, `/etc/assisted/hostconfig/${hostname}/mac_addresses`).trim();
      expect(mac).toBe(networks[index]?.mac_interface_map[0]?.mac_address);
    }
  });

  it('has no guard where an installation over another is allowed', async () => {
    const ignition = await ignitionOf('G3', { settings: { allow_reinstall: true } });
    expect(unitIn(ignition, 'ove-installation-guard.service')).toBeUndefined();
    expect(unitIn(ignition, 'start-cluster-installation.service')?.dropins).toHaveLength(1);
  });

  it("names our field where config-image refuses the site, and repeats none of the binary's words", async () => {
    const here = await unattended('G3', { cluster: { api_vips: [{ ip: '192.0.2.2' }], base_dns_domain: '' } });
    expect(await outcome(here)).toMatchObject({
      name: 'InstallerRefused',
      message: expect.stringContaining('base_dns_domain'),
    });
  });

  it('leaves no key, token, password or pull secret in a log, an event or a workspace', async () => {
    const siteCredentials = new Map<string, Readonly<Record<string, string>>>();
    const here = await unattended('G4', { siteCredentials });
    await outcome(here);
    const traces = await here.traces();
    const secrets = [...siteCredentials.values()].flatMap((credentials) => Object.values(credentials));
    expect(secrets.length).toBeGreaterThan(10);
    for (const secret of secrets) expect(traces).not.toContain(JSON.stringify(secret).slice(1, -1));
  });

  it('is there before an event names what the site would wait for', async () => {
    const static_network_config = [hostNetwork('192.0.2.10', '00'), ...networks.slice(1)];
    const here = await unattended('G1', { settings: { static_network_config } });
    expect(await outcome(here)).toBe('no failure');
    expect(here.events.map(({ name }) => name)).toEqual(['ignition_generated', 'ignition_doubtful']);
    expect(here.events[1]?.message).toContain('hosts[0]: it has no route to 0.0.0.0/0 or ::/0');
  });
});
