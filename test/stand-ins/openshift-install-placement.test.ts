import { describe, expect, test } from 'vitest';
import {
  agentConfig,
  digest,
  generations,
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

  test('G3 ignores it without a warning and leaves it where it is', async () => {
    const { ignition, dir, stderr } = await given({ generation: 'G3', files });
    expect([hasFile(ignition(), registries), hasFile(ignition(), anchor)]).toEqual([false, false]);
    expect(decodeFile(ignition(), service)).toContain('OPENSHIFT_INSTALL_RELEASE_IMAGE_MIRROR=\n');
    expect(stderr).not.toContain('level=warning');
    expect(existing(dir, Object.keys(files))).toEqual(Object.keys(files));
  });

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

test('G3 leaves the markers of the interactive flow to the caller', async () => {
  const { ignition } = await given({ generation: 'G3' });
  expect(markers.filter((path) => hasFile(ignition(), path))).toEqual([]);
});

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

  test.each(generations)(
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
  const rows: Row[] = [
    { what: 'an IP', generation: 'G1', files: withIp },
    { what: 'an IP, interactive', generation: 'G1', files: withIp, args: interactive, file: known },
    { what: 'an IP', generation: 'G2', files: withIp, file: known },
    { what: 'an IP, interactive', generation: 'G2', files: withIp, args: interactive, file: known },
    { what: 'an IP', generation: 'G3', files: withIp, file: known },
    {
      what: 'a long IPv6',
      generation: 'G2',
      files: longForm,
      file: 'NODE_ZERO_IP=2001:db8::1\nSERVICE_BASE_URL=http://[2001:db8::1]:8090/\n',
    },
    { what: 'a long IPv6', generation: 'G3', files: longForm, file: 'NODE_ZERO_IP=2001:db8::1\n' },
    { what: 'nothing', generation: 'G1' },
    { what: 'nothing, interactive', generation: 'G1', args: interactive, file: open },
    { what: 'nothing', generation: 'G2', template: open },
    { what: 'nothing, interactive', generation: 'G2', args: interactive, template: open },
    { what: 'nothing', generation: 'G3', template: open },
    {
      what: 'an agent config without IP, interactive',
      generation: 'G1',
      files: agentConfig(),
      args: interactive,
      file: 'NODE_ZERO_IP=\nSERVICE_BASE_URL=http://:8090/\n',
    },
    { what: 'static networks', generation: 'G1', ...documents },
    { what: 'static networks', generation: 'G2', ...documents, file: known },
    { what: 'static networks', generation: 'G3', ...documents, file: known },
  ];

  test.each(rows)('$generation given $what', async ({ file, template, ...situation }) => {
    const document = (await given(situation)).ignition();
    const begins = (path: string) => (hasFile(document, path) ? decodeFile(document, path) : undefined);
    const expected = (text: string | undefined) => (text === undefined ? undefined : expect.stringContaining(text));
    expect(begins(rendezvous)).toEqual(expected(file));
    expect(begins(`${rendezvous}.template`)).toEqual(expected(template));
  });
});
