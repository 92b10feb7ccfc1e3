import { describe, expect, test } from 'vitest';
import { type Generation, generations } from '#local/sample-release/openshift-install/make-installer.ts';
import {
  agentConfig,
  digest,
  infraEnv,
  installerFixture,
  interactive,
  mirror,
  pullSecret,
  releaseImage,
  repository,
  type Situation,
  staticHosts,
} from './openshift-install/installer-fixture.ts';
import { decodeFile, fileMode, filePaths, hasFile, unitEnabled } from './openshift-install/read-ignition.ts';
import { caBundle, registriesFor, staticHostWith } from './openshift-install/sample-inputs.ts';
import { existing } from './openshift-install/try-installer.ts';

const { given } = installerFixture();

const environment = '/etc/systemd/system.conf.d/10-default-env.conf';
const manifest = '/etc/assisted/manifests/infraenv.yaml';
const service = '/usr/local/share/assisted-service/assisted-service.env';
const rendezvous = '/etc/assisted/rendezvous-host.env';
const registries = '/etc/containers/registries.conf';
const anchor = '/etc/pki/ca-trust/source/anchors/domain.crt';
const markers = ['/etc/assisted/interactive-ui', '/etc/assisted/no-config-image'];
const host = (ip: string) => staticHostWith({ name: 'host', ip });

describe('where each value ends up', () => {
  test('an SSH key of two lines is one entry', async () => {
    const { ignition } = await given({ files: infraEnv('  sshAuthorizedKey: "ssh-rsa A\\nssh-rsa B"') });
    expect(ignition().passwd?.users).toEqual([{ name: 'core', sshAuthorizedKeys: ['ssh-rsa A\nssh-rsa B'] }]);
    expect(decodeFile(ignition(), manifest)).toContain('ssh-rsa A');
  });

  test('the pull secret is indented with sorted keys, at two places', async () => {
    const { ignition } = await given({ files: pullSecret('{"z":1,"auths":{"quay.io":{"email":"e","auth":"YTpi"}}}') });
    const expected = JSON.stringify({ auths: { 'quay.io': { auth: 'YTpi', email: 'e' } }, z: 1 }, null, 2);
    expect(decodeFile(ignition(), '/root/.docker/config.json')).toBe(expected);
    expect(decodeFile(ignition(), '/etc/assisted/manifests/pull-secret.yaml')).toContain('"quay.io": {');
    expect(fileMode(ignition(), '/etc/assisted/manifests/pull-secret.yaml')).toBe(0o600);
  });

  test('% is doubled in the proxies but not in noProxy', async () => {
    const spec = ['  proxy:', '    httpProxy: http://a%20b', '    httpsProxy: http://c%20d', '    noProxy: e%20f'];
    const { ignition } = await given({ files: infraEnv(...spec) });
    expect(decodeFile(ignition(), environment).trim().split('\n')).toEqual([
      '[Manager]',
      'DefaultEnvironment=HTTP_PROXY="http://a%%20b"',
      'DefaultEnvironment=HTTPS_PROXY="http://c%%20d"',
      'DefaultEnvironment=NO_PROXY="e%20f"',
    ]);
    expect(decodeFile(ignition(), manifest)).toContain('http://a%20b');
  });

  test('a quote and a newline in a proxy inject a line', async () => {
    const spec = ['  proxy:', String.raw`    httpProxy: "http://a\"\nDefaultEnvironment=EVIL=\"1"`];
    const { ignition } = await given({ files: infraEnv(...spec) });
    expect(decodeFile(ignition(), environment).split('\n')).toContain('DefaultEnvironment=EVIL="1"');
  });

  test.each([
    ['additionalNTPSources', '  additionalNTPSources: [carried.example]'],
    ['additionalTrustBundle', '  additionalTrustBundle: carried.example'],
    ['kernelArguments', '  kernelArguments: [{ operation: append, value: carried.example }]'],
    ['ignitionConfigOverride', '  ignitionConfigOverride: carried.example'],
  ])('%s is copied into infraenv.yaml and nowhere else', async (_, line) => {
    const { ignition } = await given({ files: infraEnv(line) });
    const document = ignition();
    const holders = filePaths(document).filter((path) => decodeFile(document, path).includes('carried.example'));
    expect(holders).toEqual([manifest]);
  });

  test.each([
    ['', 'x86_64'],
    ['  cpuArchitecture: amd64', 'x86_64'],
    ['  cpuArchitecture: arm64', 'aarch64'],
    ['  cpuArchitecture: aarch64', 'aarch64'],
    ['  cpuArchitecture: s390x', 's390x'],
    ['  cpuArchitecture: ppc64le', 'ppc64le'],
  ])('architecture %j becomes %s in the service environment', async (line, architecture) => {
    const { ignition } = await given({ files: infraEnv(line) });
    const lines = decodeFile(ignition(), service).split('\n');
    for (const name of ['RELEASE_IMAGES=', 'OS_IMAGES=']) {
      expect(lines.find((text) => text.startsWith(name))).toContain(`"cpu_architecture":"${architecture}"`);
    }
    if (line) expect(decodeFile(ignition(), manifest)).toContain(`cpuArchitecture: ${architecture}`);
  });

  test.each([
    '/etc/assisted/agent-installer.env',
    '/usr/local/bin/release-image.sh',
    '/usr/local/bin/release-image-download.sh',
    '/etc/assisted/manifests/cluster-image-set.yaml',
  ])('the release image is in %s', async (path) => {
    expect(decodeFile((await given({})).ignition(), path)).toContain(releaseImage);
  });
});

describe('the registry mirror', () => {
  const text = registriesFor(repository, 'mirror.example/release');
  const files = { ...mirror(text), 'mirror/ca-bundle.crt': caBundle };

  test.each(['G1', 'G2'] as const)('%s writes it verbatim and names the release image there', async (generation) => {
    const { ignition, dir, stderr } = await given({ generation, files });
    expect(decodeFile(ignition(), registries)).toBe(text);
    expect(decodeFile(ignition(), anchor)).toBe(caBundle);
    expect(decodeFile(ignition(), service)).toContain(
      `OPENSHIFT_INSTALL_RELEASE_IMAGE_MIRROR=mirror.example/release${digest}\n`,
    );
    expect(stderr).not.toContain('level=warning');
    expect(existing(dir, ['mirror'])).toEqual([]);
  });

  test.each(['G2z', 'G3', 'G4'] as const)(
    '%s ignores it without a warning and leaves it where it is',
    async (generation) => {
      const { ignition, dir, stderr } = await given({ generation, files });
      expect([hasFile(ignition(), registries), hasFile(ignition(), anchor)]).toEqual([false, false]);
      expect(decodeFile(ignition(), service)).toContain('OPENSHIFT_INSTALL_RELEASE_IMAGE_MIRROR=\n');
      expect(stderr).not.toContain('level=warning');
      expect(existing(dir, Object.keys(files))).toEqual(Object.keys(files));
    },
  );

  test('one without a matching registry is written with a warning', async () => {
    const other = registriesFor('registry.example/other', 'mirror.example/other');
    const { ignition, stderr, exitCode } = await given({ files: mirror(other) });
    expect(exitCode).toBe(0);
    expect(stderr).toContain('level=warning');
    expect(decodeFile(ignition(), registries)).toBe(other);
  });

  test('a valid install-config.yaml displaces the pull secret and the mirror', async () => {
    const installConfig = { 'install-config.yaml': `pullSecret: '{"auths":{"other.example":{"auth":"eDp5"}}}'\n` };
    const { ignition, exitCode } = await given({ files: { ...files, ...installConfig } });
    expect(exitCode).toBe(0);
    expect(decodeFile(ignition(), '/root/.docker/config.json')).toContain('other.example');
    expect(hasFile(ignition(), registries)).toBe(false);
  });
});

test.each(generations)('other files are ignored by %s and left in place', async (generation) => {
  const { dir, exitCode } = await given({ generation, files: { 'notes/todo.yaml': ': [' } });
  expect(exitCode).toBe(0);
  expect(existing(dir, ['notes/todo.yaml'])).toEqual(['notes/todo.yaml']);
});

test.each(['G1', 'G2'] as const)(
  '%s writes the markers of the interactive flow only when interactive',
  async (generation) => {
    const asked = (await given({ generation, args: interactive })).ignition();
    const plain = (await given({ generation })).ignition();
    expect(markers.map((path) => [decodeFile(asked, path), fileMode(asked, path)])).toEqual([
      ['', 0o644],
      ['', 0o644],
    ]);
    expect(markers.filter((path) => hasFile(plain, path))).toEqual([]);
  },
);

test.each(['G2z', 'G3', 'G4'] as const)(
  '%s leaves the markers of the interactive flow to the caller',
  async (generation) => {
    const { ignition } = await given({ generation });
    expect(markers.filter((path) => hasFile(ignition(), path))).toEqual([]);
  },
);

describe('static networks', () => {
  test.each(generations)(
    '%s writes one keyfile per interface and the MAC table, for each document',
    async (generation) => {
      const files = staticHosts(host('192.0.2.10'), host('192.0.2.11'));
      const { ignition } = await given({ generation, files, nmstatectl: true });
      expect(filePaths(ignition()).filter((path) => path.startsWith('/etc/assisted/network/'))).toEqual([
        '/etc/assisted/network/host0/eth0.nmconnection',
        '/etc/assisted/network/host0/mac_interface.ini',
        '/etc/assisted/network/host1/eth0.nmconnection',
        '/etc/assisted/network/host1/mac_interface.ini',
      ]);
      expect(decodeFile(ignition(), '/etc/assisted/network/host0/mac_interface.ini')).toBe('52:54:00:00:00:01=eth0');
      const keyfile = decodeFile(ignition(), '/etc/assisted/network/host1/eth0.nmconnection').split('\n');
      expect(keyfile).toEqual(
        expect.arrayContaining(['address0=192.0.2.11/24', 'dns=192.0.2.53;', 'route0=0.0.0.0/0,192.0.2.1']),
      );
      expect(unitEnabled(ignition(), 'pre-network-manager-config.service')).toBe(true);
    },
  );

  test('without them the unit is not enabled', async () => {
    expect(unitEnabled((await given({})).ignition(), 'pre-network-manager-config.service')).toBe(false);
  });

  test.each(['G1', 'G2', 'G3'] as const)(
    '%s discards them, exit 0 and a warning, when there is an agent-config.yaml',
    async (generation) => {
      const files = { ...staticHosts(host('192.0.2.10')), ...agentConfig('rendezvousIP: 192.0.2.10') };
      const { exitCode, stderr, ignition } = await given({ generation, files, nmstatectl: true });
      expect(exitCode).toBe(0);
      expect(stderr).toMatch(
        /^level=warning msg=Discarding the NMState Config that was provided in the target directory because its dependencies are dirty/m,
      );
      expect(filePaths(ignition()).filter((path) => path.startsWith('/etc/assisted/network/'))).toEqual([]);
      expect(unitEnabled(ignition(), 'pre-network-manager-config.service')).toBe(false);
    },
  );
});

test.each(['G2z', 'G4'] as const)('%s takes static networks and an agent-config.yaml', async (generation) => {
  const files = { ...staticHosts(host('192.0.2.11')), ...agentConfig('rendezvousIP: 192.0.2.10') };
  const { exitCode, stderr, ignition } = await given({ generation, files, nmstatectl: true });
  expect(exitCode).toBe(0);
  expect(stderr).not.toContain('level=warning');
  expect(hasFile(ignition(), '/etc/assisted/network/host0/eth0.nmconnection')).toBe(true);
  expect(decodeFile(ignition(), rendezvous)).toContain('NODE_ZERO_IP=192.0.2.10\n');
});

describe('the rendezvous host', () => {
  interface Row extends Situation {
    readonly what: string;
    /** Beginning of the environment file, and of its template; undefined where it is not written. */
    readonly file?: string;
    readonly template?: string;
  }
  const withIp = agentConfig('rendezvousIP: 192.0.2.10');
  const known = 'NODE_ZERO_IP=192.0.2.10\nSERVICE_BASE_URL=http://192.0.2.10:8090/\n';
  const open = 'NODE_ZERO_IP={{.RendezvousIP}}\nSERVICE_BASE_URL=http://{{.RendezvousIP}}:8090/\n';
  const longForm = agentConfig('rendezvousIP: "2001:0DB8:0:0:0:0:0:1"');
  const documents = { files: staticHosts(host('192.0.2.10'), host('192.0.2.11')), nmstatectl: true };
  const later = ['G2z', 'G3', 'G4'] as const;
  const rows: Row[] = [
    { what: 'an IP', generation: 'G1', files: withIp },
    { what: 'an IP, interactive', generation: 'G1', files: withIp, args: interactive, file: known },
    { what: 'an IP', generation: 'G2', files: withIp, file: known, template: open },
    { what: 'an IP, interactive', generation: 'G2', files: withIp, args: interactive, file: known, template: open },
    ...later.map((generation) => ({ what: 'an IP', generation, files: withIp, file: known, template: open })),
    {
      what: 'a long IPv6',
      generation: 'G2',
      files: longForm,
      file: 'NODE_ZERO_IP=2001:db8::1\nSERVICE_BASE_URL=http://[2001:db8::1]:8090/\n',
      template: open,
    },
    { what: 'a long IPv6', generation: 'G3', files: longForm, file: 'NODE_ZERO_IP=2001:db8::1\n', template: open },
    { what: 'nothing', generation: 'G1' },
    { what: 'nothing, interactive', generation: 'G1', args: interactive, file: open },
    { what: 'nothing', generation: 'G2', template: open },
    { what: 'nothing, interactive', generation: 'G2', args: interactive, template: open },
    ...later.map((generation) => ({ what: 'nothing', generation, template: open })),
    {
      what: 'an agent config without IP, interactive',
      generation: 'G1',
      files: agentConfig(),
      args: interactive,
      file: 'NODE_ZERO_IP=\nSERVICE_BASE_URL=http://:8090/\n',
    },
    { what: 'static networks', generation: 'G1', ...documents },
    { what: 'static networks, interactive', generation: 'G1', ...documents, args: interactive, file: open },
    { what: 'static networks', generation: 'G2', ...documents, file: known, template: open },
    { what: 'static networks', generation: 'G2z', ...documents, template: open },
    { what: 'static networks', generation: 'G3', ...documents, file: known, template: open },
    { what: 'static networks', generation: 'G4', ...documents, template: open },
  ];

  test.each(rows)('$generation given $what', async ({ file, template, ...situation }) => {
    const document = (await given(situation)).ignition();
    const begins = (path: string) => (hasFile(document, path) ? decodeFile(document, path) : undefined);
    const expected = (text: string | undefined) => (text === undefined ? undefined : expect.stringContaining(text));
    expect(begins(rendezvous)).toEqual(expected(file));
    expect(begins(`${rendezvous}.template`)).toEqual(expected(template));
  });
});

test.each([
  ['G1', 0o644],
  ['G2', 0o644],
  ['G2z', 0o644],
  ['G3', 0o644],
  ['G4', 0o600],
] as const)("the rendezvous host's files of %s have the mode %i", async (generation, mode) => {
  const files = agentConfig('rendezvousIP: 192.0.2.10');
  const document = (await given({ generation, files, args: generation === 'G1' ? interactive : [] })).ignition();
  const paths = filePaths(document).filter((path) => path.startsWith(rendezvous));
  expect(paths).toEqual(generation === 'G1' ? [rendezvous] : [rendezvous, `${rendezvous}.template`]);
  expect(new Set(paths.map((path) => fileMode(document, path)))).toEqual(new Set([mode]));
});

describe('units', () => {
  const unitOf = async (generation: Generation, name: string): Promise<string> => {
    const units = (await given({ generation })).ignition().systemd?.units ?? [];
    return units.find((unit) => unit.name === name)?.contents ?? '';
  };
  const unlessInteractive = 'ConditionPathExists=!/etc/assisted/interactive-ui\n';

  test.each([
    ['G1', 60],
    ['G2', 300],
    ['G2z', 300],
    ['G3', 300],
    ['G4', 300],
  ] as const)('%s gives up the one for static networks after %i seconds', async (generation, seconds) => {
    expect(await unitOf(generation, 'pre-network-manager-config.service')).toContain(`\nTimeoutSec=${seconds}\n`);
  });

  test.each(generations)('%s registers the cluster only without the interactive flow', async (generation) => {
    expect(await unitOf(generation, 'agent-register-cluster.service')).toContain(unlessInteractive);
  });

  test.each(generations)('%s registers the infra-env in the interactive flow too, but for G1', async (generation) => {
    const text = await unitOf(generation, 'agent-register-infraenv.service');
    expect(text.includes(unlessInteractive)).toBe(generation === 'G1');
  });

  test.each(generations)('%s has [Service] first in agent.service', async (generation) => {
    expect(await unitOf(generation, 'agent.service')).toMatch(/^\[Service\]\n/);
  });
});

describe('what is left of a network', () => {
  const network = (config: string) =>
    staticHosts(`metadata: { name: host, labels: { a: b } }\nspec:\n  config: ${config}\n`);
  const keyfile = async (config: string, name: string) => {
    const { ignition } = await given({ files: network(config), nmstatectl: true });
    return decodeFile(ignition(), `/etc/assisted/network/host0/${name}.nmconnection`);
  };

  test('no link-local address', async () => {
    const addresses = "[{ ip: 'fe80::20', prefix-length: 64 }, { ip: '2001:db8::20', prefix-length: 64 }]";
    const card = `{ name: eth0, type: ethernet, ipv6: { enabled: true, address: ${addresses} } }`;
    const text = await keyfile(`{ interfaces: [${card}] }`, 'eth0');
    expect(text.split('\n').filter((line) => line.startsWith('address'))).toEqual(['address0=2001:db8::20/64']);
  });

  test('what a VLAN lies on, and its number', async () => {
    const vlan = '{ name: eth0.7, type: vlan, vlan: { base-iface: eth0, id: 7 } }';
    const text = await keyfile(`{ interfaces: [{ name: eth0, type: ethernet }, ${vlan}] }`, 'eth0.7');
    expect(text).toMatch(/\[vlan\]\nflags=1\nid=7\nparent=eth0\n/);
  });

  test('its folder, whose number follows the texts of the networks and not their order', async () => {
    const files = staticHosts(host('192.0.2.30'), host('192.0.2.10'));
    const { ignition } = await given({ files, nmstatectl: true });
    const addresses = [0, 1].map(
      (index) =>
        /address0=(.*)\//.exec(decodeFile(ignition(), `/etc/assisted/network/host${index}/eth0.nmconnection`))?.[1],
    );
    expect(addresses).toEqual(['192.0.2.10', '192.0.2.30']);
    expect(decodeFile(ignition(), rendezvous)).toContain('NODE_ZERO_IP=192.0.2.30\n');
  });
});
