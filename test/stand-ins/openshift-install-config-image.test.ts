import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { readConfigImage } from '#domain/installation/config-archive.ts';
import { configImageInputs } from '#domain/installation/config-image-inputs.ts';
import { type Generation, generations } from '#local/sample-release/openshift-install/make-installer.ts';
import { aSite, type GivenSite, hosts, pullSecret } from '#test/domain/installation/sites.ts';
import { installerFixture } from './openshift-install/installer-fixture.ts';
import { makeNmstatectl } from './openshift-install/make-nmstatectl.ts';
import { runBinary, writeInputs } from './openshift-install/try-installer.ts';

const { binaries, newFolder } = installerFixture();
let path = '';

beforeAll(async () => {
  path = await newFolder();
  await makeNmstatectl(path);
});

const inputsOf = (given: GivenSite = {}): Readonly<Record<string, string>> =>
  Object.fromEntries(
    configImageInputs({ site: aSite(given), pullSecret, featureGates: [] }).map(({ path: name, content }) => [
      name,
      content,
    ]),
  );

const run = async (files: Readonly<Record<string, string>>, generation: Generation = 'G3', at?: string) => {
  const dir = at ?? (await newFolder());
  await writeInputs(dir, files);
  const args = ['agent', 'create', 'config-image', '--dir', dir];
  return { ...(await runBinary(binaries[generation], args, { HOME: dir, PATH: path })), dir };
};

const archiveIn = async (dir: string) => readConfigImage(readFileSync(join(dir, 'agentconfig.noarch.iso')));
const textsIn = async (dir: string) =>
  Object.fromEntries((await archiveIn(dir)).map(({ path: name, content }) => [name, content.toString('utf8')]));

const modeOf = (file: string): string => (statSync(file).mode & 0o777).toString(8);

describe.each(generations)('config-image of %s', (generation) => {
  test('writes an image, and what the administrator needs, and consumes its inputs', async () => {
    const { exitCode, dir, stderr } = await run(inputsOf(), generation);
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
    expect(statSync(join(dir, 'agentconfig.noarch.iso')).size).toBe(57_344);
    expect(
      Object.fromEntries(
        ['agentconfig.noarch.iso', 'auth/kubeadmin-password', 'auth/kubeconfig', '.openshift_install_state.json'].map(
          (name) => [name, modeOf(join(dir, name))],
        ),
      ),
    ).toEqual({
      'agentconfig.noarch.iso': '644',
      'auth/kubeadmin-password': '640',
      'auth/kubeconfig': '640',
      '.openshift_install_state.json': '640',
    });
    expect(readdirSync(dir)).not.toContain('install-config.yaml');
    expect(stderr).not.toContain('dXNlcjpwYXNz');
  });
});

describe('the archive', () => {
  test('holds the files of the site, secret but for the configuration of hosts', async () => {
    const { dir } = await run(inputsOf());
    const files = await archiveIn(dir);
    const open = files.filter(({ mode }) => mode !== 0o600).map(({ path: name }) => name);
    expect(open.every((name) => name.startsWith('/etc/assisted/hostconfig/'))).toBe(true);
    expect(files.map(({ path: name }) => name)).toEqual(
      expect.arrayContaining([
        '/etc/assisted/manifests/agent-cluster-install.yaml',
        '/etc/assisted/manifests/nmstateconfig.yaml',
        '/etc/assisted/network/host0/mac_interface.ini',
        '/etc/assisted/rendezvous-host.env',
        '/etc/assisted/hostnames/52:54:00:00:00:00',
        '/etc/assisted/extra-manifests/motd.yaml',
        '/usr/local/share/start-cluster/start-cluster.env',
        '/opt/agent/tls/kubeadmin-password.hash',
      ]),
    );
    expect(files.filter(({ path: name }) => name.startsWith('/opt/agent/tls/'))).toHaveLength(9);
  });

  test('differs from run to run in keys, tokens, the id, the password, and the order of the configuration of hosts', async () => {
    const [one, other] = [await run(inputsOf()), await run(inputsOf())];
    const [first, second] = [await textsIn(one.dir), await textsIn(other.dir)];
    expect(Object.keys(first).toSorted()).toEqual(Object.keys(second).toSorted());
    const different = Object.keys(first).filter((name) => first[name] !== second[name]);
    expect(different.toSorted()).toEqual(
      [
        '/etc/assisted/rendezvous-host.env',
        ...Object.keys(first).filter((name) => name.startsWith('/opt/agent/tls/')),
        '/usr/local/share/assisted-service/assisted-service.env',
      ].toSorted(),
    );
  });

  test('has a file for each document of a manifest', async () => {
    const { dir } = await run({ ...inputsOf(), 'openshift/two.yaml': 'a: 1\n---\nb: 2\n' });
    const texts = await textsIn(dir);
    expect(texts['/etc/assisted/extra-manifests/two-0.yaml']).toContain('a: 1');
    expect(texts['/etc/assisted/extra-manifests/two-1.yaml']).toContain('b: 2');
  });
});

describe('a site is refused', () => {
  test.each<[string, GivenSite, RegExp]>([
    [
      'VIP outside',
      { cluster: { machine_networks: [], api_vips: [{ ip: '198.51.100.1' }] } },
      /apiVIPs: Invalid value: "198\.51\.100\.1": IP expected/,
    ],
    ['hosts beyond the replicas', { workerCount: 1 }, /number of worker hosts defined \(2\) exceeds/],
    [
      'a hint without /dev/',
      { hosts: hosts.map((host) => ({ ...host, root_device_hints: { deviceName: 'sda' } })) },
      /rootDeviceHints\.deviceName/,
    ],
    ['no domain', { cluster: { base_dns_domain: '' } }, /baseDomain: Required value/],
    [
      'a worker as rendezvous host',
      {
        settings: {
          static_network_config: aSite().infraEnv.settings.static_network_config ?? [],
          rendezvous_ip: '192.0.2.14',
        },
      },
      /role 'worker' and has the rendezvousIP/,
    ],
    ['overlapping networks', { cluster: { service_networks: [{ cidr: '10.128.0.0/16' }] } }, /must not overlap/],
    ['FIPS, unless it is told to pass over its own machine', { overrides: { fips: true } }, /fips: Forbidden/],
    ['gates without their set', { overrides: { featureGates: ['A=true'] } }, /CustomNoUpgrade feature set/],
  ])('for %s', async (_, given, reason) => {
    const { exitCode, fatal, dir } = await run(inputsOf(given));
    expect({ exitCode, fatal }).toEqual({ exitCode: 1, fatal: expect.stringMatching(reason) });
    expect(readdirSync(dir)).toContain('install-config.yaml');
  });

  test('for a member that install-config.yaml does not have: with exit code 3', async () => {
    const files = inputsOf();
    const { exitCode, fatal } = await run({
      ...files,
      'install-config.yaml': `${files['install-config.yaml']}"foo": 1\n`,
    });
    expect({ exitCode, fatal }).toEqual({ exitCode: 3, fatal: expect.stringContaining('unknown field') });
  });

  test('in a directory that another command has used', async () => {
    const { dir } = await run(inputsOf());
    const { exitCode, fatal } = await run(inputsOf(), 'G3', dir);
    expect({ exitCode, fatal }).toEqual({
      exitCode: 1,
      fatal: expect.stringContaining('missing configuration or manifest file'),
    });
  });
});

describe('a site is taken although it is wrong', () => {
  test.each<[string, GivenSite]>([
    ['fewer hosts than replicas', { hosts: hosts.slice(0, 4) }],
    ['a VIP that is a static address', { cluster: { api_vips: [{ ip: '192.0.2.14' }] } }],
    ['names of hosts in capitals', { hosts: hosts.map((host) => ({ ...host, hostname: 'SAME' })) }],
  ])('%s', async (_, given) => {
    expect((await run(inputsOf(given))).exitCode).toBe(0);
  });
});
