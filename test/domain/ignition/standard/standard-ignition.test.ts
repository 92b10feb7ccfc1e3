import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ignitionBytes } from '#domain/ignition/check.ts';
import { keyfileNetwork, nmstateNetwork } from '#domain/ignition/standard/network-files.ts';
import { standardIgnition } from '#domain/ignition/standard/standard-ignition.ts';
import type { InfraEnvSettings } from '#domain/infra-env/infra-env-settings.ts';
import { checkProxy } from '#domain/values/proxy.ts';
import { agentImage, serviceBaseUrl } from '#functions/ignition/ignition-env.ts';
import { acceptedUrlPart } from '#test/domain/accepted-url-part.ts';
import { certificate } from '#test/domain/values/certificate.ts';
import { decodeFile, fileMode, filePaths, parseIgnition } from '#test/stand-ins/openshift-install/read-ignition.ts';

const id = '22222222-2222-4222-8222-222222222222';
const pullSecret = '{"auths":{"quay.io":{"auth":"dXNlcjpwYXNzd29yZA=="}}}';
const agent = { serviceBaseUrl: 'https://service.example:8443', image: 'registry.example/agent:v1' };

type Inputs = Parameters<typeof standardIgnition>[0];

const made = (settings: InfraEnvSettings = {}, others: Partial<Inputs> = {}): string =>
  ignitionBytes(
    standardIgnition({ infraEnv: { id, type: 'full-iso', settings }, pullSecret, agent, ...others }),
  ).toString('utf8');

const unitOf = (ignition: string, name: string): string =>
  parseIgnition(ignition).systemd?.units?.find((unit) => unit.name === name)?.contents ?? '';

const hosts = [
  {
    network_yaml: 'interfaces: [{name: eth0, type: ethernet}]',
    mac_interface_map: [{ mac_address: '02:00:00:00:00:01', logical_nic_name: 'eth0' }],
  },
];
const keyfiles = [[{ name: 'eth0.nmconnection', content: '[connection]\nid=eth0\n' }]];
const networks = { nmstate: nmstateNetwork(hosts), keyfiles: keyfileNetwork(hosts, keyfiles) };

describe('the ignition of a full or a minimal ISO', () => {
  it('has these parts when nothing is set, and is of version 3.1.0', () => {
    const { ignition, passwd, systemd } = parseIgnition(made());
    expect([ignition, passwd]).toEqual([{ version: '3.1.0' }, { users: [] }]);
    expect(systemd?.units?.map(({ name, enabled }) => [name, enabled])).toEqual([
      ['agent.service', true],
      ['selinux.service', true],
      ['multipathd.service', true],
      ['iscsistart.service', true],
      ['oci-eval-user-data.service', true],
    ]);
    expect(filePaths(made()).map((path) => [path, fileMode(made(), path)])).toEqual([
      ['/usr/local/bin/agent-fix-bz1964591', 0o755],
      ['/usr/local/bin/agent-pull-image', 0o755],
      ['/etc/motd', 0o644],
      ['/etc/multipath.conf', 0o644],
      ['/usr/local/bin/oci-eval-user-data.sh', 0o755],
      ['/etc/NetworkManager/conf.d/01-ipv6.conf', 0o644],
      ['/root/.docker/config.json', 0o600],
      ['/root/assisted.te', 0o644],
    ]);
  });

  it('is the same for the same settings', () => {
    expect(made({ proxy: { no_proxy: '*' } })).toBe(made({ proxy: { no_proxy: '*' } }));
  });

  it('holds the pull secret byte for byte, for root alone', () => {
    const indented = JSON.stringify(JSON.parse(pullSecret), null, 2);
    expect(decodeFile(made({}, { pullSecret: indented }), '/root/.docker/config.json')).toBe(indented);
  });

  it('locks the password of the one who may log in with a key', () => {
    expect(parseIgnition(made({ ssh_authorized_key: 'ssh-ed25519 AAAA a\nssh-ed25519 BBBB' })).passwd?.users).toEqual([
      {
        name: 'core',
        passwordHash: '!',
        groups: ['sudo'],
        sshAuthorizedKeys: ['ssh-ed25519 AAAA a', 'ssh-ed25519 BBBB'],
      },
    ]);
  });

  it.each(['nmstate', 'keyfiles'] as const)('with a static network in the form of %s sets that up at boot', (form) => {
    const ignition = made({ network_discovery_delay_seconds: 30 }, { network: networks[form] });
    const added = filePaths(ignition).filter((path) => !filePaths(made()).includes(path));
    expect(added).toEqual([
      '/usr/local/bin/common_network_script.sh',
      '/usr/local/bin/pre-network-manager-config.sh',
      ...networks[form].files.map(({ path }) => path),
    ]);
    const unit = unitOf(ignition, 'pre-network-manager-config.service');
    expect(unit).toContain('Environment=DISCOVERY_DELAY_SECONDS=30\nTimeoutStartSec=90\n');
    expect(unit).toMatch(form === 'nmstate' ? /^Before=nmstate\.service /m : /^Before=.*NetworkManager\.service$/m);
    expect(unit).toContain('WantedBy=multi-user.target');
  });

  it('takes the override last: what it says of a unit or a file counts, and its version if that is higher', () => {
    const override = {
      ignition: { version: '3.3.0' },
      storage: { files: [{ path: '/etc/motd', overwrite: true, contents: { source: 'data:,mine' } }] },
      systemd: { units: [{ name: 'iscsistart.service', enabled: false }] },
    };
    const ignition = made({ ignition_config_override: JSON.stringify(override) });
    expect(parseIgnition(ignition).ignition.version).toBe('3.3.0');
    expect(decodeFile(ignition, '/etc/motd')).toBe('mine');
    const unit = parseIgnition(ignition).systemd?.units?.find(({ name }) => name === 'iscsistart.service');
    expect(unit).toMatchObject({ enabled: false, contents: unitOf(made(), 'iscsistart.service') });
  });

  it('refuses an override that no host could have', () => {
    const links = [{ path: '/usr/local/bin', target: '/opt' }];
    const override = JSON.stringify({ ignition: { version: '3.1.0' }, storage: { links } });
    expect(() => made({ ignition_config_override: override })).toThrow('/usr/local/bin has to be a directory');
  });
});

describe('agent.service', () => {
  it('gets the image, takes the agent out of it, and runs that', () => {
    expect(
      unitOf(made(), 'agent.service')
        .split('\n')
        .filter((line) => line.startsWith('Exec')),
    ).toEqual([
      'ExecStartPre=/usr/local/bin/agent-fix-bz1964591 registry.example/agent:v1',
      'ExecStartPre=/usr/local/bin/agent-pull-image registry.example/agent:v1',
      'ExecStartPre=/usr/bin/podman run --pull=never --privileged --rm --volume /usr/local/bin:/hostbin ' +
        'registry.example/agent:v1 cp /usr/bin/agent /hostbin',
      `ExecStart=/usr/local/bin/agent --url https://service.example:8443 --infra-env-id ${id} ` +
        '--agent-version registry.example/agent:v1 --insecure=false',
    ]);
  });

  it('trusts the given authority for its service', () => {
    const ignition = made({}, { agent: { ...agent, caCertificate: certificate } });
    expect(unitOf(ignition, 'agent.service')).toContain(' --cacert /etc/assisted-service/service-ca-cert.crt\n');
    expect(decodeFile(ignition, '/etc/assisted-service/service-ca-cert.crt')).toBe(`${certificate.trim()}\n`);
  });

  const keysOf = (unit: string): string[] =>
    unit
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => line.replace(/=.*/, ''));

  it('has the same lines for any accepted URL and image', () => {
    const url = fc
      .tuple(fc.webUrl({ withQueryParameters: true }), fc.constantFrom('', '/a"b', "/it's", '/%n', '/$HOME', '/a\\nb'))
      .map((parts) => parts.join(''))
      .filter((text) => serviceBaseUrl.safeParse(text).success);
    const image = fc.constantFrom('a.example/b', 'a.example:5000/b/c_d:v1.2', `q/a@sha256:${'0'.repeat(64)}`);
    const plain = keysOf(unitOf(made(), 'agent.service'));
    fc.assert(
      fc.property(url, image, (given, name) => {
        expect(agentImage.safeParse(name).success).toBe(true);
        const unit = unitOf(made({}, { agent: { serviceBaseUrl: given, image: name } }), 'agent.service');
        expect(keysOf(unit)).toEqual(plain);
      }),
    );
  });

  it('has one line more per variable for any accepted proxy', () => {
    const plain = keysOf(unitOf(made(), 'agent.service'));
    fc.assert(
      fc.property(acceptedUrlPart, acceptedUrlPart, (user, path) => {
        const proxy = { http_proxy: `http://${user}@proxy.example/${path}` };
        checkProxy(proxy);
        const keys = keysOf(unitOf(made({ proxy }), 'agent.service'));
        expect(keys.filter((key) => key !== 'Environment')).toEqual(plain);
        expect(keys.filter((key) => key === 'Environment')).toHaveLength(2);
      }),
    );
  });
});

describe('the scripts of an ignition', () => {
  const scripts = Object.values(networks).flatMap((network) => {
    const ignition = made({ proxy: { http_proxy: 'http://proxy.example:3128' } }, { network });
    const paths = filePaths(ignition).filter((path) => /^\/usr\/local\/bin\/|\.sh$/.test(path));
    return paths.map((path) => [network.form, path, decodeFile(ignition, path)] as const);
  });

  it.each(scripts)('(%s) %s can be read by its shell', (_, path, text) => {
    const shell =
      path === '/etc/profile.d/proxy.sh' ? '/bin/sh' : (/^#!(\/bin\/(?:ba)?sh)\n/.exec(text)?.[1] ?? 'none');
    const { status, stderr } = spawnSync(shell, ['-n'], { input: text, encoding: 'utf8' });
    expect([status, stderr]).toEqual([0, '']);
  });
});
