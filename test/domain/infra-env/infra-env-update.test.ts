import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { isFailure } from '#domain/errors.ts';
import type { InfraEnv } from '#domain/infra-env/infra-env.ts';
import { aCluster, anInfraEnv } from '#test/fakes/records.ts';
import { everySetting } from '#test/scenarios/setting-samples.ts';
import { certificate } from '../values/certificate.ts';
import { ed25519Key } from '../values/openssh-key.ts';
import { refusalOf } from '../values/refusal.ts';
import { hostNetwork } from './host-network.ts';
import { aRelease, now, nowSeconds, patch, pullSecret } from './requests.ts';

const full = anInfraEnv({ version: 7, revision: 3, settings: everySetting, expiresAt: nowSeconds + 60 });
type Setting = keyof typeof everySetting;

describe('a PATCH', () => {
  it('of nothing changes only the time, the version and the end of its life', () => {
    expect(patch({}, full)).toEqual({
      artifactChanged: false,
      infraEnv: { ...full, version: 8, updatedAt: now.toISOString(), expiresAt: nowSeconds + 20 * 24 * 60 * 60 },
    });
  });

  it('never brings the end of a life forward', () => {
    const expiresAt = nowSeconds + 30 * 24 * 60 * 60;
    expect(patch({}, { ...full, expiresAt }).infraEnv.expiresAt).toBe(expiresAt);
  });

  it('of nulls keeps everything', () => {
    const nulls = Object.fromEntries(
      [...Object.keys(everySetting), 'pull_secret', 'image_type'].map((key) => [key, null]),
    );
    expect(patch(nulls, full)).toMatchObject({ artifactChanged: false, infraEnv: { settings: everySetting } });
  });

  test.each(Object.entries(everySetting))('of %s to what it is keeps the revision', (key, value) => {
    expect(patch({ [key]: value }, full)).toMatchObject({
      artifactChanged: false,
      infraEnv: { revision: 3, settings: everySetting },
    });
  });

  it('of everything to what it is keeps the revision, whatever the order of keys in the database', () => {
    const reversed: InfraEnv['settings'] = JSON.parse(JSON.stringify(everySetting), (_, value: unknown) =>
      typeof value === 'object' && value !== null && !Array.isArray(value)
        ? Object.fromEntries(Object.entries(value).toReversed())
        : value,
    );
    expect(patch(everySetting, { ...full, settings: reversed })).toMatchObject({ artifactChanged: false });
  });

  test.each<readonly [Setting, unknown]>([
    ['ssh_authorized_key', ed25519Key()],
    ['additional_ntp_sources', '10.0.0.1'],
    ['kernel_arguments', [{ operation: 'append', value: 'quiet' }]],
    ['additional_trust_bundle', `${certificate}\n${certificate}`],
    ['ignition_config_override', '{"ignition":{"version":"3.4.0"}}'],
    ['static_network_config', everySetting.static_network_config.toReversed()],
    ['network_discovery_delay_seconds', 0],
    ['rendezvous_ip', '192.0.2.10'],
  ])('of %s replaces it and alters the artifact', (key, value) => {
    expect(patch({ [key]: value }, full)).toMatchObject({
      artifactChanged: true,
      infraEnv: { revision: 4, version: 8, settings: { ...everySetting, [key]: value } },
    });
  });

  test.each<readonly [Setting, unknown]>([
    ['ssh_authorized_key', ''],
    ['proxy', { http_proxy: '', https_proxy: '', no_proxy: '' }],
    ['additional_ntp_sources', ''],
    ['kernel_arguments', []],
    ['additional_trust_bundle', ''],
    ['ignition_config_override', ''],
    ['static_network_config', []],
    ['rendezvous_ip', ''],
  ])('of %s to %j clears it and alters the artifact', (key, value) => {
    const { [key]: _, ...rest } = everySetting;
    const { artifactChanged, infraEnv } = patch({ [key]: value }, full);
    expect({ artifactChanged, settings: infraEnv.settings }).toEqual({ artifactChanged: true, settings: rest });
  });

  it('clears what is not set without altering the artifact', () => {
    const body = {
      ssh_authorized_key: '',
      proxy: { no_proxy: '' },
      kernel_arguments: [],
      static_network_config: [],
      ntp_sources: '',
    };
    expect(patch(body)).toMatchObject({ artifactChanged: false, infraEnv: { settings: {} } });
  });

  it('of one member of the proxy keeps the others', () => {
    const { proxy } = patch({ proxy: { http_proxy: '', no_proxy: 'b' } }, full).infraEnv.settings;
    expect(proxy).toEqual({ https_proxy: everySetting.proxy.https_proxy, no_proxy: 'b' });
    expect(patch({ proxy: {} }, full).artifactChanged).toBe(false);
  });
});

describe('the pull secret', () => {
  it('always counts as a change, since the stored one cannot be read here', () => {
    expect(patch({ pull_secret: pullSecret }, full)).toMatchObject({
      artifactChanged: true,
      infraEnv: { revision: 4, settings: everySetting },
    });
  });

  test.each([
    ['', 'pull_secret cannot be cleared: an infra-env needs one'],
    ['{}', "pull secret must contain 'auths' JSON-object field"],
  ])('is refused as %j', (pull_secret, message) => {
    expect(refusalOf(() => patch({ pull_secret }))).toBe(message);
  });
});

describe('NTP sources exclude each other', () => {
  const exclusive = 'ntp_sources and additional_ntp_sources are mutually exclusive';

  it('whether given or stored', () => {
    expect(refusalOf(() => patch({ ntp_sources: 'b.org' }, full))).toBe(exclusive);
    expect(refusalOf(() => patch({ ntp_sources: 'b.org', additional_ntp_sources: 'a.org' }))).toBe(exclusive);
  });

  it('so that a switch clears one and sets the other', () => {
    const { settings } = patch({ ntp_sources: 'b.org', additional_ntp_sources: '' }, full).infraEnv;
    expect(settings.ntp_sources).toBe('b.org');
    expect(settings).not.toHaveProperty('additional_ntp_sources');
  });
});

describe('the image type', () => {
  it('left from disconnected-iso takes the rendezvous IP away', () => {
    const { infraEnv, artifactChanged } = patch({ image_type: 'full-iso' }, full);
    expect(artifactChanged).toBe(true);
    expect(infraEnv.type).toBe('full-iso');
    expect(infraEnv.settings).not.toHaveProperty('rendezvous_ip');
  });

  it('decides about a rendezvous IP in the same request', () => {
    const other = anInfraEnv({ type: 'full-iso' });
    const only = 'RendezvousIP is only supported for disconnected ISO infra-envs';
    expect(refusalOf(() => patch({ rendezvous_ip: '10.0.0.1' }, other))).toBe(only);
    expect(refusalOf(() => patch({ image_type: 'minimal-iso', rendezvous_ip: '10.0.0.1' }, full))).toBe(only);
    const entered = patch({ image_type: 'disconnected-iso', rendezvous_ip: '10.0.0.1' }, other);
    expect(entered.infraEnv).toMatchObject({ type: 'disconnected-iso', settings: { rendezvous_ip: '10.0.0.1' } });
  });

  it('needs a cluster to become disconnected-iso', () => {
    const { clusterId: _, ...unbound } = anInfraEnv({ type: 'full-iso' });
    let error: unknown;
    try {
      patch({ image_type: 'disconnected-iso' }, unbound, { cluster: undefined });
    } catch (thrown) {
      error = thrown;
    }
    expect(isFailure(error, 'ClusterRequired')).toBe(true);
  });
});

describe('the rendezvous IP and the static network', () => {
  it('may change one after the other', () => {
    const network = [hostNetwork('192.0.2.11')];
    expect(patch({ static_network_config: network }, full).artifactChanged).toBe(true);
    expect(patch({ static_network_config: network, rendezvous_ip: '192.0.2.11' }, full).artifactChanged).toBe(true);
    expect(patch({ static_network_config: network, rendezvous_ip: '' }, full).artifactChanged).toBe(true);
  });
});

describe('the version', () => {
  const { clusterId: _, ...unbound } = anInfraEnv({ type: 'full-iso' });

  test.each(['', '4.20', '4.20.0'])('%j keeps that of the cluster', (openshift_version) => {
    expect(patch({ openshift_version }, full)).toMatchObject({
      artifactChanged: false,
      infraEnv: { openshiftVersion: '4.20.0' },
    });
  });

  it('of another release than the cluster has is refused', () => {
    expect(refusalOf(() => patch({ openshift_version: '4.19' }, full))).toBe(
      "Specified OpenShift version (4.19) doesn't match the cluster (4.20.0): an infra-env has the version of its cluster",
    );
  });

  it('of an unbound infra-env becomes that of the named release', () => {
    const subject = { cluster: undefined, release: aRelease({ version: '4.19.3' }) };
    expect(patch({ openshift_version: '4.19' }, unbound, subject)).toMatchObject({
      artifactChanged: true,
      infraEnv: { openshiftVersion: '4.19.3' },
    });
    expect(refusalOf(() => patch({ openshift_version: '4.19' }, unbound, { cluster: undefined }))).toBe(
      'No OS image for Openshift version 4.19 and architecture x86_64: no such release is known',
    );
  });

  it('of an unbound infra-env stays when none is named', () => {
    expect(patch({}, unbound, { cluster: undefined }).infraEnv.openshiftVersion).toBe('4.20.0');
  });
});

describe('a refusal', () => {
  const wrongs: readonly (readonly [body: object, message: string])[] = [
    [{ pull_secret: '{' }, 'pull secret must be a well-formed JSON'],
    [
      { ssh_authorized_key: 'hello' },
      'SSH key: hello does not match any supported type: ssh-rsa, ssh-ed25519, ecdsa-[VARIANT]',
    ],
    [{ proxy: { https_proxy: 'x' } }, "Failed to validate HTTPS Proxy: Proxy URL format is not valid: 'x'"],
    [
      { ignition_config_override: '{}' },
      'error parsing ignition: invalid config version (no version was found), error report: ',
    ],
    [
      { static_network_config: [{ ...hostNetwork(), mac_interface_map: [] }] },
      '2 errors occurred:\n\t* at least one interface for host 0 must be provided\n\t* mac-interface mapping for interface eth0 is missing and not a physical interface\n\n',
    ],
    [{ additional_trust_bundle: 'x' }, 'invalid block'],
    [{ rendezvous_ip: 'x' }, 'Invalid rendezvous IP: x (must be a valid IPv4 or IPv6 address)'],
    [
      { kernel_arguments: [{ operation: 'replace', value: 'a' }] },
      'Only kernel argument operation append is supported.  Got replace',
    ],
    [
      { openshift_version: '5' },
      "Specified OpenShift version (5) doesn't match the cluster (4.20.0): an infra-env has the version of its cluster",
    ],
    [{ additional_ntp_sources: 'A' }, 'Invalid NTP source: A'],
  ];

  test.each(wrongs)('of %j', (body, message) => {
    expect(refusalOf(() => patch(body))).toBe(message);
  });

  it('tells the first of several reasons, in the order of the assisted-service API', () => {
    for (const [index, [, message]] of wrongs.entries()) {
      const rest: object = Object.assign({}, ...wrongs.slice(index).map(([body]) => body));
      expect(refusalOf(() => patch(rest))).toBe(message);
    }
  });
});

test('what was accepted once is accepted again, and changes nothing', () => {
  const settings = fc.record(
    Object.fromEntries(Object.entries(everySetting).map(([key, value]) => [key, fc.constantFrom(value, undefined)])),
  );
  const defined = (body: Record<string, unknown>) =>
    Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined));
  fc.assert(
    fc.property(settings, (body) => {
      const once = patch(defined(body), anInfraEnv(), { cluster: aCluster() });
      const again = patch(defined(body), once.infraEnv);
      expect(again.artifactChanged).toBe(false);
      expect(again.infraEnv).toEqual({ ...once.infraEnv, version: once.infraEnv.version + 1 });
    }),
  );
});
