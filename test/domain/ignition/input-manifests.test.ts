import fc from 'fast-check';
import { load, YAML11_SCHEMA } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { sshKeysOf } from '#domain/host/ssh-keys.ts';
import { inputFiles, rendezvousInputFiles } from '#domain/ignition/input-manifests.ts';
import type { InfraEnvSettings } from '#domain/infra-env/infra-env-settings.ts';
import type { NetworkProfile } from '#domain/release/installer-profile.ts';
import { anInfraEnv } from '#test/fakes/records.ts';

const filesOf = (changes: Parameters<typeof anInfraEnv>[0], pullSecret = '{}') => {
  const files = inputFiles({ infraEnv: anInfraEnv(changes), pullSecret });
  return new Map(files.map(({ path, content }) => [path, content]));
};

/** As the binary reads it. */
const read = (text: string | undefined) => load(text ?? '', { schema: YAML11_SCHEMA });

const specOf = (settings: InfraEnvSettings) => {
  const { spec } = read(filesOf({ settings }).get('cluster-manifests/infraenv.yaml')) as { spec: object };
  return Object.fromEntries(
    Object.entries(spec).filter(([key]) => !['cpuArchitecture', 'pullSecretRef'].includes(key)),
  );
};

describe('the input files of a run', () => {
  it('are these three, for their owner alone', () => {
    const files = inputFiles({ infraEnv: anInfraEnv(), pullSecret: '{}' });
    expect(files.map(({ path, mode }) => [path, mode])).toEqual([
      ['cluster-manifests/infraenv.yaml', 0o600],
      ['cluster-manifests/pull-secret.yaml', 0o600],
      ['mirror/registries.conf', 0o600],
    ]);
  });

  it('infraenv.yaml carries name, architecture and keys', () => {
    const files = filesOf({
      name: 'edge',
      cpuArchitecture: 'arm64',
      settings: { ssh_authorized_key: 'ssh-rsa A\nssh-rsa B' },
    });
    expect(read(files.get('cluster-manifests/infraenv.yaml'))).toEqual({
      apiVersion: 'agent-install.openshift.io/v1beta1',
      kind: 'InfraEnv',
      metadata: { name: 'edge' },
      spec: {
        cpuArchitecture: 'arm64',
        pullSecretRef: { name: 'pull-secret' },
        sshAuthorizedKey: 'ssh-rsa A\nssh-rsa B',
      },
    });
  });

  it('infraenv.yaml has no key where the infra-env has none', () => {
    const { spec } = read(filesOf({}).get('cluster-manifests/infraenv.yaml')) as { spec: object };
    expect(spec).not.toHaveProperty('sshAuthorizedKey');
  });

  it.each<[string, InfraEnvSettings, object]>([
    ['no setting', {}, {}],
    ['proxies', { proxy: { http_proxy: 'a', https_proxy: 'b' } }, { proxy: { httpProxy: 'a', httpsProxy: 'b' } }],
    ['no_proxy alone', { proxy: { no_proxy: '*' } }, { proxy: { noProxy: '*' } }],
    ['additional NTP sources', { additional_ntp_sources: 'a,b,a' }, { additionalNTPSources: ['a', 'b'] }],
    ['the only NTP sources', { ntp_sources: 'a,b' }, { additionalNTPSources: ['a', 'b'] }],
    ['a trust bundle', { additional_trust_bundle: 'a\nb' }, { additionalTrustBundle: 'a\nb' }],
    [
      'what only this service deals with',
      {
        ignition_config_override: '{}',
        kernel_arguments: [{ operation: 'append', value: 'a' }],
        network_discovery_delay_seconds: 5,
      },
      {},
    ],
  ])('infraenv.yaml carries of %s what every binary knows', (_, settings, spec) => {
    expect(specOf(settings)).toEqual(spec);
  });

  it('any value of a setting arrives as it is, and adds no key', () => {
    const text = fc.oneof(
      fc.constantFrom('yes', '~', '1_0', 'a: b\nspec:', '"\n', '---'),
      fc.string({ unit: 'grapheme' }),
    );
    fc.assert(
      fc.property(text, text, (sources, bundle) => {
        fc.pre(sources !== '' && !sources.includes(','));
        const settings = { ntp_sources: sources, additional_trust_bundle: bundle };
        expect(specOf(settings)).toEqual({ additionalNTPSources: [sources], additionalTrustBundle: bundle });
      }),
    );
  });

  it('pull-secret.yaml is a Secret with stringData', () => {
    expect(read(filesOf({}, '{"auths":{}}').get('cluster-manifests/pull-secret.yaml'))).toEqual({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'pull-secret' },
      type: 'kubernetes.io/dockerconfigjson',
      stringData: { '.dockerconfigjson': '{"auths":{}}' },
    });
  });

  it('any name and any pull secret arrive as they are, also under the rules of YAML 1.1', () => {
    const awkward = fc.constantFrom('yes', 'null', '1_0', '12:30:45', '0o7', '~', '- a', '# b', "it's", 'a: b', '');
    const text = fc.oneof(awkward, fc.string(), fc.string({ unit: 'grapheme' }));
    fc.assert(
      fc.property(text, text, (name, pullSecret) => {
        const files = filesOf({ name }, pullSecret);
        const infraEnv = read(files.get('cluster-manifests/infraenv.yaml')) as { metadata: { name: unknown } };
        const secret = read(files.get('cluster-manifests/pull-secret.yaml')) as { stringData: object };
        expect(infraEnv.metadata.name).toBe(name);
        expect(secret.stringData).toEqual({ '.dockerconfigjson': pullSecret });
      }),
    );
  });

  it('registries.conf maps the two repositories of a release to the registry of the ISO', () => {
    expect(filesOf({}).get('mirror/registries.conf')).toBe(`unqualified-search-registries = []

[[registry]]
prefix = ""
location = "quay.io/openshift-release-dev/ocp-release"

[[registry.mirror]]
location = "registry.appliance.openshift.com:5000/openshift/release-images"

[[registry]]
prefix = ""
location = "quay.io/openshift-release-dev/ocp-v4.0-art-dev"

[[registry.mirror]]
location = "registry.appliance.openshift.com:5000/openshift/release"
`);
  });
});

describe('the rendezvous host', () => {
  const networkOf = (...addresses: string[]) =>
    addresses.map((ip, index) => ({
      network_yaml: `interfaces: [{name: eth0, ipv4: {enabled: true, address: [{ip: ${ip}, prefix-length: 24}]}}]`,
      mac_interface_map: [{ mac_address: `f8:75:a4:a4:00:0${index}`, logical_nic_name: 'eth0' }],
    }));
  const static_network_config = networkOf('192.0.2.20', '192.0.2.10');
  const required = ['cluster-manifests/infraenv.yaml', 'cluster-manifests/pull-secret.yaml'];
  const all = [...required, 'mirror/registries.conf'];
  const network = 'cluster-manifests/nmstateconfig.yaml';

  const asking: NetworkProfile = { besideAddress: 'discarded', makeRendezvousHost: false };
  const deriving: NetworkProfile = { besideAddress: 'discarded', makeRendezvousHost: true };
  const taking: NetworkProfile = { besideAddress: 'arrive', makeRendezvousHost: false };
  const alone = { static_network_config };
  const both = { static_network_config, rendezvous_ip: '192.0.2.10' };
  const unusable = { static_network_config: networkOf('127.0.0.1') };
  const twoOnOne = networkOf('192.0.2.20, prefix-length: 24}, {ip: 192.0.2.21');
  const address = 'agent-config.yaml';
  const ownRun = [...required, address];

  it.each<[string, NetworkProfile | undefined, InfraEnvSettings, string[], string[] | undefined]>([
    ['no address', undefined, {}, all, undefined],
    ['an address alone', undefined, { rendezvous_ip: '192.0.2.1' }, [...all, address], undefined],
    ['static networks alone', asking, alone, [...all, network], ownRun],
    ['static networks alone, of which it takes the first address', deriving, alone, [...all, network], undefined],
    [
      'static networks alone, of which it takes the first address, whichever of two that is',
      deriving,
      { static_network_config: twoOnOne },
      [...all, network],
      ownRun,
    ],
    ['static networks alone beside an address', taking, alone, [...all, network, address], undefined],
    ['both', asking, both, [...all, network], ownRun],
    ['both, and it would take another address', deriving, both, [...all, network], ownRun],
    ['both in one run', taking, both, [...all, network, address], undefined],
    ['networks without a usable address', asking, unusable, [...all, network], undefined],
    ['networks without a usable address, which it would take', deriving, unusable, [...all, network], required],
    ['networks without a usable address in one run', taking, unusable, [...all, network], undefined],
  ])('given %s', (_, networks, settings, unconfigured, rendezvous) => {
    const infraEnv = anInfraEnv({ settings });
    const pathsOf = (files: readonly { path: string }[] | undefined) => files?.map(({ path }) => path);
    expect(pathsOf(inputFiles({ infraEnv, pullSecret: '{}', networks }))).toEqual(unconfigured);
    expect(pathsOf(rendezvousInputFiles(infraEnv, networks))).toEqual(rendezvous);
  });

  it.each([
    ['192.0.2.7', '192.0.2.7'],
    ['2001:DB8:0:0::7', '2001:db8::7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
  ])('agent-config.yaml names %s as %s', (rendezvous_ip, rendezvousIP) => {
    const agentConfig = read(filesOf({ name: 'yes', settings: { rendezvous_ip } }).get('agent-config.yaml'));
    expect(agentConfig).toEqual({
      apiVersion: 'v1beta1',
      kind: 'AgentConfig',
      metadata: { name: 'yes' },
      rendezvousIP,
    });
  });

  it('infraenv.yaml selects the networks by the label that each of them has', () => {
    const infraEnv = anInfraEnv({ settings: { static_network_config } });
    expect(specOf({ static_network_config })).toEqual({
      nmStateConfigLabelSelector: { matchLabels: { 'agent-install.openshift.io/infraenv-id': infraEnv.id } },
    });
  });

  it("the run of its own gets nothing of the user's but name, architecture and address", () => {
    const settings = {
      static_network_config,
      proxy: { http_proxy: 'http://me:canary@proxy' },
      ssh_authorized_key: 'canary',
    };
    const files = rendezvousInputFiles(anInfraEnv({ settings }), asking) ?? [];
    expect(JSON.stringify(files)).not.toContain('canary');
    expect(files.every(({ mode }) => mode === 0o600)).toBe(true);
  });
});

describe('the SSH keys of an infra-env', () => {
  it.each([
    ['none', undefined, []],
    ['an empty value', '', []],
    ['one', 'ssh-rsa A', ['ssh-rsa A']],
    ['several, with blanks around them', ' ssh-rsa A \r\n\n\tssh-rsa B\n', ['ssh-rsa A', 'ssh-rsa B']],
    ['one twice', 'ssh-rsa A\nssh-rsa B\nssh-rsa A', ['ssh-rsa A', 'ssh-rsa B']],
  ])('%s', (_, value, keys) => {
    expect(sshKeysOf({ ssh_authorized_key: value })).toEqual(keys);
  });
});
