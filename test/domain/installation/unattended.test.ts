import { loadAll } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { toIgnitionFile } from '#domain/host/host-file.ts';
import type { Ignition } from '#domain/ignition/ignition.ts';
import { mergeIgnition } from '#domain/ignition/merge.ts';
import { resourceText } from '#domain/ignition/resource.ts';
import { completedManifests, withNoProxyOf } from '#domain/installation/completed-manifests.ts';
import type { ArchivedFile } from '#domain/installation/cpio-reader.ts';
import type { Site } from '#domain/installation/site.ts';
import { withConfigImage } from '#domain/installation/unattended.ts';
import { prefilledUnits, unattendedScripts, unattendedUnits } from '#domain/installation/units.ts';
import { sshKey } from '../cluster/samples.ts';
import { aSite, networks } from './sites.ts';

const file = (path: string, text: string, mode = 0o644) => toIgnitionFile({ path, mode, text });

const unconfigured: Ignition = {
  ignition: { version: '3.2.0' },
  storage: {
    files: [
      file('/etc/issue', 'unconfigured'),
      file('/etc/assisted/rendezvous-host.env', 'NODE_ZERO_IP=192.0.2.99\n'),
      file('/etc/assisted/rendezvous-host.env.template', 'NODE_ZERO_IP={{.RendezvousIP}}\n'),
      file('/etc/assisted/network/host0/ens3.nmconnection', 'of the other run'),
      file('/usr/local/bin/start-cluster-installation.sh', '#!/bin/bash\n', 0o755),
    ],
  },
  systemd: {
    units: [
      { name: 'start-cluster-installation.service', enabled: false, contents: '[Unit]\n' },
      { name: 'pre-network-manager-config.service', enabled: false, contents: '[Unit]\n' },
      { name: 'agent-ui.service', enabled: true, contents: '[Unit]\n' },
    ],
  },
};

const archived = (path: string, text: string, mode = 0o600): ArchivedFile => ({
  path,
  mode,
  content: Buffer.from(text),
});

const archive = [
  archived('/etc/issue', 'configured'),
  archived('/etc/assisted/rendezvous-host.env', 'NODE_ZERO_IP=192.0.2.10\nUSER_AUTH_TOKEN=x\n'),
  archived('/etc/assisted/network/host0/eth0.nmconnection', 'of this run'),
  archived('/opt/agent/tls/kubeadmin-password.hash', '$2a$10$x'),
];

const fileAt = (ignition: Ignition, path: string) => {
  const all = (ignition.storage?.files ?? []).filter((one) => one.path === path);
  expect(all.length).toBeLessThan(2);
  return all[0];
};
const textAt = (ignition: Ignition, path: string): string | undefined => {
  const { contents } = fileAt(ignition, path) ?? {};
  return contents ? resourceText(contents) : undefined;
};
const unitOf = (ignition: Ignition, name: string) => ignition.systemd?.units?.find((unit) => unit.name === name);

describe('an unconfigured ignition with what config-image made', () => {
  const merged = withConfigImage(unconfigured, archive);

  it("has the archive's copy of each file, with its mode", () => {
    expect(textAt(merged, '/etc/issue')).toBe('configured');
    expect(fileAt(merged, '/etc/issue')).toMatchObject({ mode: 0o600, overwrite: true });
    expect(textAt(merged, '/opt/agent/tls/kubeadmin-password.hash')).toBe('$2a$10$x');
  });

  it('has nothing of the other run where tokens and numbers of folders differ', () => {
    expect(textAt(merged, '/etc/assisted/rendezvous-host.env')).toContain('192.0.2.10');
    expect(fileAt(merged, '/etc/assisted/rendezvous-host.env.template')).toBeUndefined();
    expect(fileAt(merged, '/etc/assisted/network/host0/ens3.nmconnection')).toBeUndefined();
  });

  it('keeps the rest', () => {
    expect(textAt(merged, '/usr/local/bin/start-cluster-installation.sh')).toBe('#!/bin/bash\n');
  });

  it('starts the installation and the static networks', () => {
    expect(unitOf(merged, 'start-cluster-installation.service')).toMatchObject({ enabled: true });
    expect(unitOf(merged, 'pre-network-manager-config.service')).toMatchObject({ enabled: true });
    expect(unitOf(merged, 'agent-ui.service')).toEqual(unitOf(unconfigured, 'agent-ui.service'));
  });

  it('starts no static network where there is none', () => {
    const without = withConfigImage(unconfigured, archive.slice(0, 2));
    expect(unitOf(without, 'pre-network-manager-config.service')).toMatchObject({ enabled: false });
  });

  it('is refused where nothing could start the installation', () => {
    expect(() => withConfigImage({ ...unconfigured, systemd: { units: [] } }, archive)).toThrow(
      'start-cluster-installation',
    );
  });
});

describe('the marker of the wizard', () => {
  const additions = { infraEnvId: 'x', sshKeys: [], files: [], withoutWizard: true };
  const marker = '/etc/assisted/interactive-ui';

  it('is shadowed by one link, and the other one stays a file', () => {
    const { storage } = mergeIgnition(unconfigured, additions);
    const links = (storage?.links ?? []).filter(({ path }) => path === marker);
    expect(links).toEqual([{ path: marker, overwrite: true, target: '/run/ove-ignition/without-wizard' }]);
    const markers = (storage?.files ?? []).filter(({ path }) => /\/(?:interactive-ui|no-config-image)$/.test(path));
    expect(markers.map(({ path }) => path)).toEqual(['/etc/assisted/no-config-image']);
  });

  it('is shadowed whatever the binary and an override make of it', () => {
    const base = { ...unconfigured, storage: { files: [file(marker, '')] } };
    const override: Ignition = { ignition: { version: '3.2.0' }, storage: { directories: [{ path: marker }] } };
    const { storage } = mergeIgnition(base, { ...additions, override });
    const nodes = [...(storage?.files ?? []), ...(storage?.directories ?? []), ...(storage?.links ?? [])];
    expect(nodes.filter(({ path }) => path === marker)).toHaveLength(1);
    expect(storage?.links).toHaveLength(1);
  });
});

const manifest = (path: string, value: object) => archived(`/etc/assisted/manifests/${path}`, JSON.stringify(value));

const completed = (site: Site, files: readonly ArchivedFile[], gates: readonly string[] = []) =>
  completedManifests(files, { site, featureGates: gates }).map(({ content }) => loadAll(content.toString())[0]);

describe('the manifests that config-image made', () => {
  const annotation = 'agent-install.openshift.io/install-config-overrides';
  const clusterInstall = manifest('agent-cluster-install.yaml', {
    kind: 'AgentClusterInstall',
    metadata: { name: 'made', annotations: { [annotation]: '{"fips":true}' } },
    spec: { imageSetRef: { name: 'made' }, apiVIPs: ['192.0.2.2'] },
  });

  it('get what install-config.yaml has no place for; what is there stays', () => {
    const site = aSite({
      cluster: {
        schedulable_masters: true,
        disk_encryption: { enable_on: 'all', mode: 'tpmv2' },
        ntp_sources: 'a.example.com',
      },
    });
    const [made] = completed(site, [clusterInstall]);
    expect(made).toMatchObject({
      metadata: { name: 'made' },
      spec: {
        imageSetRef: { name: 'made' },
        mastersSchedulable: true,
        diskEncryption: { enableOn: 'all', mode: 'tpmv2' },
        ntpSources: ['a.example.com'],
      },
    });
  });

  it('get the overrides that openshift-install passes over, and the gate', () => {
    const site = aSite({ version: '4.21.0', overrides: { imageDigestSources: [{ source: 'a', mirrors: ['b'] }] } });
    const [made] = completed(site, [clusterInstall], ['NoRegistryClusterInstall=true']);
    const text = (made as { metadata: { annotations: Record<string, string> } }).metadata.annotations[annotation] ?? '';
    expect(JSON.parse(text)).toEqual({
      fips: true,
      imageDigestSources: [{ source: 'a', mirrors: ['b'] }],
      featureSet: 'CustomNoUpgrade',
      featureGates: ['NoRegistryClusterInstall=true'],
    });
  });

  it("get the hosts' own key and proxy, which goes past what openshift-install names too", () => {
    const proxy = { http_proxy: 'http://hosts:3128', no_proxy: '.example.com' };
    const own = aSite({ settings: { ssh_authorized_key: sshKey, proxy, static_network_config: networks } });
    const infraEnv = manifest('infraenv.yaml', {
      metadata: { name: 'made' },
      spec: {
        sshAuthorizedKey: 'of the cluster',
        proxy: { httpProxy: 'http://cluster:3128', noProxy: '192.0.2.0/24,.example.com' },
      },
    });
    const site = withNoProxyOf(own, [infraEnv]);
    expect(site.infraEnv.settings.proxy?.no_proxy).toBe('.example.com,192.0.2.0/24');
    expect(completed(site, [infraEnv])[0]).toEqual({
      metadata: { name: 'made' },
      spec: {
        sshAuthorizedKey: sshKey,
        proxy: { httpProxy: 'http://hosts:3128', noProxy: '.example.com,192.0.2.0/24' },
      },
    });
  });

  it('are left alone but for these two', () => {
    const other = manifest('cluster-image-set.yaml', { a: 1 });
    expect(completedManifests([other], { site: aSite(), featureGates: [] })).toEqual([other]);
  });
});

const dropinOf = (units: readonly { name: string; dropins?: unknown }[], name: string): string =>
  JSON.stringify(units.find((unit) => unit.name === name)?.dropins);

describe('the units of an installation that starts by itself', () => {
  it('wait for the cluster before the infra-env, and for the hosts before the installation', () => {
    const units = unattendedUnits({ allowsReinstall: false });
    expect(dropinOf(units, 'agent-register-infraenv.service')).toContain(
      'ExecStartPre=/usr/local/bin/ove-wait-for-cluster.sh',
    );
    const start = dropinOf(units, 'start-cluster-installation.service');
    expect(start).toContain('ExecStartPre=/usr/local/bin/ove-wait-for-host-ignition.sh');
    // INFRA_ENV_ID and USER_AUTH_TOKEN, REQUIRED_…_NODES, SERVICE_BASE_URL.
    expect(start.match(/(?<=EnvironmentFile=)[^\\"]+/g)).toEqual([
      '/usr/local/share/assisted-service/assisted-service.env',
      '/usr/local/share/start-cluster/start-cluster.env',
      '/etc/assisted/rendezvous-host.env',
    ]);
  });

  it('need the guard', () => {
    const units = unattendedUnits({ allowsReinstall: false });
    expect(dropinOf(units, 'start-cluster-installation.service')).toContain('Requires=ove-installation-guard.service');
    expect(units.find(({ name }) => name === 'ove-installation-guard.service')).toMatchObject({ enabled: true });
    expect(unattendedScripts({ allowsReinstall: false })).toHaveLength(3);
  });

  it('need no guard where an installation over another is allowed', () => {
    const units = unattendedUnits({ allowsReinstall: true });
    expect(JSON.stringify(units)).not.toContain('guard');
    expect(unattendedScripts({ allowsReinstall: true })).toHaveLength(2);
  });
});

describe('the units of a prefilled wizard', () => {
  it('register the cluster although the wizard is on', () => {
    const units = prefilledUnits(unconfigured);
    expect(units.find(({ name }) => name === 'agent-register-cluster.service')?.dropins).toEqual([
      {
        name: '50-ove-ignition.conf',
        contents:
          '[Unit]\nConditionPathExists=\nConditionPathExists=/etc/assisted/node0\nConditionPathExists=!/etc/assisted/add-nodes.env\n',
      },
    ]);
    expect(dropinOf(units, 'agent-ui.service')).toContain('Wants=agent-register-cluster.service');
    expect(JSON.stringify(units)).not.toContain('start-cluster-installation');
  });

  it('are about the wizard of this generation alone', () => {
    const older = { ...unconfigured, systemd: { units: [{ name: 'agent-start-ui.service' }] } };
    const names = prefilledUnits(older).map(({ name }) => name);
    expect(names).toContain('agent-start-ui.service');
    expect(names).not.toContain('agent-ui.service');
  });
});
