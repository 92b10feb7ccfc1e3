import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { isFailure } from '#domain/errors.ts';
import { aCluster } from '#test/fakes/records.ts';
import { everySetting } from '#test/scenarios/setting-samples.ts';
import { ed25519Key } from '../values/openssh-key.ts';
import { refusalOf } from '../values/refusal.ts';
import { hostNetwork } from './host-network.ts';
import { aRelease, id, now, nowSeconds, owner, pullSecretId, register, sshKey } from './requests.ts';

const unbound = { cluster: undefined };

describe('a new infra-env', () => {
  it('of type disconnected-iso waits for its cluster to be marked', () => {
    expect(register()).toEqual({
      id,
      owner,
      pullSecretId,
      version: 1,
      revision: 1,
      registration: 'registering',
      name: 'edge',
      type: 'disconnected-iso',
      clusterId: aCluster().id,
      openshiftVersion: '4.20.0',
      releaseArchitecture: 'x86_64',
      cpuArchitecture: 'x86_64',
      settings: {},
      createdAt: now.toISOString(),
      updatedAt: now.toISOString(),
      expiresAt: nowSeconds + 15 * 60,
    });
  });

  it.each(['full-iso', 'minimal-iso'])('of type %s is registered at once', (image_type) => {
    const infraEnv = register({ image_type });
    expect(infraEnv).toMatchObject({ registration: 'registered', type: image_type });
    expect(infraEnv.expiresAt).toBe(nowSeconds + 20 * 24 * 60 * 60);
  });

  it('without a type, cluster or version is a full-iso of the newest release', () => {
    const infraEnv = register({ image_type: null }, unbound);
    expect(infraEnv).toMatchObject({ type: 'full-iso', openshiftVersion: '4.20.0', cpuArchitecture: 'x86_64' });
    expect(infraEnv).not.toHaveProperty('clusterId');
  });

  it('without any known release has no version', () => {
    expect(register({ image_type: 'full-iso' }, { ...unbound, release: undefined })).not.toHaveProperty(
      'openshiftVersion',
    );
  });

  it('of a full-iso may belong to a DisconnectedCluster', () => {
    const cluster = aCluster({ kind: 'DisconnectedCluster', status: 'unmonitored' });
    expect(register({ image_type: 'full-iso' }, { cluster }).clusterId).toBe(cluster.id);
  });

  it('keeps every setting, the hosts in the order of the user', () => {
    expect(register(everySetting).settings).toEqual(everySetting);
  });

  it('keeps settings trimmed where line ends around them mean nothing', () => {
    const { additional_trust_bundle } = everySetting;
    const body = { ssh_authorized_key: `${sshKey}\n`, additional_trust_bundle: `\n${additional_trust_bundle}\n` };
    expect(register(body).settings).toEqual({ ssh_authorized_key: sshKey, additional_trust_bundle });
  });

  it('takes empty values for absent ones', () => {
    const texts = [
      'ssh_authorized_key',
      'additional_ntp_sources',
      'ntp_sources',
      'additional_trust_bundle',
      'ignition_config_override',
      'rendezvous_ip',
      'openshift_version',
    ];
    const body = Object.fromEntries(texts.map((field) => [field, '']));
    const lists = { kernel_arguments: [], static_network_config: [], proxy: { http_proxy: '', no_proxy: null } };
    expect(register({ ...body, ...lists }).settings).toEqual({});
    expect(register({ image_type: 'full-iso', rendezvous_ip: '' }).settings).toEqual({});
  });

  it('holds no pull secret', () => {
    expect(JSON.stringify(register())).not.toContain(Buffer.from('ada:password').toString('base64'));
  });
});

test('a disconnected ISO needs a cluster', () => {
  let error: unknown;
  try {
    register({}, unbound);
  } catch (thrown) {
    error = thrown;
  }
  expect(isFailure(error, 'ClusterRequired')).toBe(true);
});

describe('the architecture', () => {
  const arm = aRelease({ cpuArchitectures: ['arm64'] });
  const multi = aRelease({ cpuArchitectures: ['x86_64', 'arm64'] });

  test.each([
    ['x86_64', 'x86_64', aRelease()],
    ['aarch64', 'arm64', arm],
    ['arm64', 'aarch64', arm],
    ['arm64', 'multi', multi],
    ['arm64', undefined, multi],
    ['ppc64le', undefined, undefined],
  ])('%s fits a cluster of %s', (cpu_architecture, cpuArchitecture, release) => {
    const cluster = aCluster(cpuArchitecture === undefined ? {} : { cpuArchitecture });
    const stored = register({ cpu_architecture }, { cluster, release }).cpuArchitecture;
    expect(stored).toBe(cpu_architecture === 'aarch64' ? 'arm64' : cpu_architecture);
  });

  it("is the cluster's where nobody names one", () => {
    const cluster = aCluster({ cpuArchitecture: 'aarch64' });
    expect(register({}, { cluster, release: arm }).cpuArchitecture).toBe('arm64');
    expect(register({}, { release: arm }).cpuArchitecture).toBe('arm64');
    expect(register({}, { release: multi }).cpuArchitecture).toBe('x86_64');
  });

  test.each([
    [
      'of another cluster',
      'arm64',
      'x86_64',
      aRelease(),
      "Specified CPU architecture (arm64) doesn't match the cluster (x86_64)",
    ],
    [
      'that the release of a DisconnectedCluster lacks',
      's390x',
      undefined,
      multi,
      "Specified CPU architecture (s390x) doesn't match the cluster (x86_64, arm64)",
    ],
    [
      'that a release with several lacks',
      's390x',
      'multi',
      multi,
      'The requested RHCOS version (4.20.0, arch: s390x) does not have a matching OpenShift release image. The release image of the cluster serves x86_64, arm64',
    ],
  ])('%s does not fit', (_, cpu_architecture, cpuArchitecture, release, message) => {
    const cluster = aCluster(cpuArchitecture === undefined ? {} : { cpuArchitecture });
    expect(refusalOf(() => register({ cpu_architecture }, { cluster, release }))).toBe(message);
  });

  it('must be served by the release of an unbound infra-env', () => {
    const body = { image_type: 'full-iso', cpu_architecture: 'arm64' };
    expect(refusalOf(() => register(body, unbound))).toBe(
      'No OS image for Openshift version 4.20.0 and architecture arm64: release 4.20.0 serves x86_64',
    );
  });
});

describe('the version', () => {
  test.each(['4.20.0', '4.20', null])('%s means that of the cluster', (openshift_version) => {
    expect(register({ openshift_version }).openshiftVersion).toBe('4.20.0');
  });

  test.each(['4.20-multi', '4.20.0-multi'])('%s means that of a cluster for all architectures', (openshift_version) => {
    const release = aRelease({ cpuArchitectures: ['x86_64', 'arm64'] });
    expect(register({ openshift_version }, { release }).openshiftVersion).toBe('4.20.0');
    expect(register({ openshift_version }, { release: undefined }).openshiftVersion).toBe('4.20.0');
  });

  test.each(['4.19', '4.20.1', '4.2', '4', 'latest', '4.20.', '4.20-multi', '4.20.0-multi'])(
    '%s does not',
    (openshift_version) => {
      expect(refusalOf(() => register({ openshift_version }))).toBe(
        `Specified OpenShift version (${openshift_version}) doesn't match the cluster (4.20.0): an infra-env has the version of its cluster`,
      );
    },
  );

  it('of an unbound infra-env is that of its release', () => {
    const body = { image_type: 'full-iso', openshift_version: '4.20' };
    expect(register(body, { ...unbound, release: aRelease({ version: '4.20.7' }) }).openshiftVersion).toBe('4.20.7');
    expect(refusalOf(() => register(body, { ...unbound, release: undefined }))).toBe(
      'No OS image for Openshift version 4.20 and architecture x86_64: no such release is known',
    );
  });
});

describe('a refusal', () => {
  const wrongs: readonly (readonly [body: object, message: string])[] = [
    [{ name: 'a\nb' }, 'name in body must not have control characters'],
    [
      { openshift_version: '4.19' },
      "Specified OpenShift version (4.19) doesn't match the cluster (4.20.0): an infra-env has the version of its cluster",
    ],
    [{ proxy: { http_proxy: 'x' } }, "Failed to validate HTTP Proxy: Proxy URL format is not valid: 'x'"],
    [
      { additional_ntp_sources: 'a.org', ntp_sources: 'b.org' },
      'ntp_sources and additional_ntp_sources are mutually exclusive',
    ],
    [{ ssh_authorized_key: 'hello' }, 'SSH key is not valid'],
    [
      { static_network_config: [{}] },
      '2 errors occurred:\n\t* at least one interface for host 0 must be provided\n\t* failed to validate network yaml for host 0, cannot generate configuration with an empty host YAML\n\n',
    ],
    [{ additional_trust_bundle: 'x' }, 'invalid block'],
    [
      { rendezvous_ip: '127.0.0.1' },
      'Invalid rendezvous IP: 127.0.0.1 (must be the address of a host, not a loopback address)',
    ],
    [{ ignition_config_override: '{' }, 'error parsing ignition: config is not valid JSON, error report: '],
    [
      { kernel_arguments: [{ operation: 'delete', value: 'a' }] },
      'Only kernel argument operation append is supported.  Got delete',
    ],
    [{ pull_secret: '{' }, 'pull secret for new infraEnv is invalid: pull secret must be a well-formed JSON'],
  ];

  test.each(wrongs)('of %j', (body, message) => {
    expect(refusalOf(() => register(body))).toBe(message);
  });

  it('says of a private key that it is one, and not a letter of it', () => {
    const ssh_authorized_key = '-----BEGIN OPENSSH PRIVATE KEY-----\nb3Bl';
    expect(refusalOf(() => register({ ssh_authorized_key }))).toBe(
      'SSH key is not valid: a private key was given where a public one belongs',
    );
  });

  it('tells the first of several reasons, in the order of the assisted-service API', () => {
    for (const [index, [, message]] of wrongs.entries()) {
      const rest: object = Object.assign({}, ...wrongs.slice(index).map(([body]) => body));
      expect(refusalOf(() => register(rest))).toBe(message);
    }
  });

  it('is not for a rendezvous IP that no host has so far', () => {
    const body = { static_network_config: [hostNetwork('192.0.2.10')], rendezvous_ip: '192.0.2.11' };
    expect(register(body).settings.rendezvous_ip).toBe('192.0.2.11');
  });

  it('of a rendezvous IP of another image type', () => {
    expect(refusalOf(() => register({ image_type: 'full-iso', rendezvous_ip: '192.0.2.9' }))).toBe(
      'RendezvousIP is only supported for disconnected ISO infra-envs',
    );
  });
});

test('any name and comment that is kept is one line', () => {
  const text = fc.string({
    unit: fc.oneof(fc.constantFrom('\n', '\r', '\0', '\u2028', 'a'), fc.string({ minLength: 1, maxLength: 1 })),
    minLength: 1,
    maxLength: 20,
  });
  fc.assert(
    fc.property(text, (name) => {
      const body = { name, ssh_authorized_key: ed25519Key(name) };
      if (refusalOf(() => register(body)) !== undefined) return;
      const { name: kept, settings } = register(body);
      expect(`${kept}${settings.ssh_authorized_key}`).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]/u);
    }),
  );
});
