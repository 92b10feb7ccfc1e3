import { readlink, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { minimalInitrd, needsInitrd } from '#domain/ignition/standard/initrd.ts';
import { type NetworkForm, nmstateNetwork } from '#domain/ignition/standard/network-files.ts';
import type { InfraEnvSettings } from '#domain/infra-env/infra-env-settings.ts';
import { temporaryFolder } from '#test/fakes/temporary-folder.ts';
import { hasTools } from '#test/tools.ts';

const hosts = [
  {
    network_yaml: 'interfaces: [{name: eth0, type: ethernet}]',
    mac_interface_map: [{ mac_address: '02:00:00:00:00:01', logical_nic_name: 'eth0' }],
  },
];
const network = nmstateNetwork(hosts);
const proxy = { http_proxy: 'http://me:p%25w@proxy.example:3128', no_proxy: '.example' };

describe('a minimal ISO', () => {
  it.each<[string, InfraEnvSettings, boolean]>([
    ['nothing', {}, false],
    ['an empty list of hosts', { static_network_config: [] }, false],
    ['a static network', { static_network_config: hosts }, true],
    ['a proxy', { proxy }, true],
    ['what has nothing to do with fetching', { ntp_sources: 'a.example', ssh_authorized_key: 'k' }, false],
  ])('with %s needs an initramfs of its own or not', (_, settings, isNeeded) => {
    expect(needsInitrd(settings)).toBe(isNeeded);
  });
});

describe('the initramfs of a minimal ISO', () => {
  it('is the same for the same settings', () => {
    const inputs = { settings: { proxy }, network };
    expect(minimalInitrd(inputs)).toEqual(minimalInitrd(inputs));
  });

  it.each<[NetworkForm, RegExp]>([
    ['nmstate', /^After=nm-initrd\.service .*\nBefore=coreos-livepxe-rootfs\.service$/m],
    ['keyfiles', /^Before=coreos-copy-firstboot-network\.service$/m],
  ])('sets up the network in the form of %s before the root file system is fetched', (form, order) => {
    const archive = minimalInitrd({ settings: { network_discovery_delay_seconds: 5 }, network: { ...network, form } });
    const text = gunzipSync(archive).toString('utf8');
    expect(text).toMatch(order);
    expect(text).toContain('DefaultDependencies=no\n');
    expect(text).toContain('Environment=DISCOVERY_DELAY_SECONDS=5\n');
    expect(text).not.toContain('[Install]');
  });
});

describe.runIf(hasTools('cpio'))('what the kernel unpacks of it', () => {
  const unpacked = async (inputs: Parameters<typeof minimalInitrd>[0]) => {
    const root = await temporaryFolder();
    await writeFile(join(root, 'initrd.img'), gunzipSync(minimalInitrd(inputs)));
    // Without -d, like the kernel: a file whose folder has no entry before it is an error.
    const options = ['--extract', '--preserve-modification-time', '--no-absolute-filenames', '-F', 'initrd.img'];
    const { stderr } = await execa('cpio', [...options], { cwd: root });
    expect(stderr).toMatch(/^\d+ blocks?$/);
    const { stdout } = await execa('find', ['etc', 'usr', '!', '-type', 'd', '-printf', '%p %m\n'], {
      cwd: root,
      reject: false,
    });
    return { root, files: stdout.split('\n').toSorted() };
  };

  it('has the network of all hosts, what sets it up, and the proxy for the fetch', async () => {
    const { root, files } = await unpacked({ settings: { proxy }, network });
    expect(files).toEqual([
      'etc/assisted/network/host0/mac_interface.ini 600',
      'etc/assisted/network/host0/ymlFile0.yml 600',
      'etc/systemd/system/coreos-livepxe-rootfs.service.d/10-proxy.conf 600',
      'etc/systemd/system/initrd.target.wants/pre-network-manager-config.service 777',
      'etc/systemd/system/pre-network-manager-config.service 644',
      'usr/local/bin/common_network_script.sh 755',
      'usr/local/bin/pre-network-manager-config.sh 755',
    ]);
    const wants = join(root, 'etc/systemd/system/initrd.target.wants/pre-network-manager-config.service');
    expect(await readlink(wants)).toBe('../pre-network-manager-config.service');
    expect((await stat(wants)).isFile()).toBe(true);
  });

  it('has of a proxy alone just that', async () => {
    const { root, files } = await unpacked({ settings: { proxy }, network: undefined });
    expect(files).toEqual(['etc/systemd/system/coreos-livepxe-rootfs.service.d/10-proxy.conf 600']);
    const { stdout } = await execa('cat', [files[0]?.split(' ')[0] ?? ''], { cwd: root });
    expect(stdout.split('\n')).toEqual([
      '[Service]',
      'Environment="HTTP_PROXY=http://me:p%%25w@proxy.example:3128"',
      'Environment="http_proxy=http://me:p%%25w@proxy.example:3128"',
      'Environment="NO_PROXY=.example"',
      'Environment="no_proxy=.example"',
    ]);
  });
});
