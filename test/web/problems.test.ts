import { describe, expect, it } from 'vitest';
import { pullSecret, sshKey } from '#test/scenarios/client.ts';
import { type Draft, emptyDraft, type TextField } from '#web/wizard/draft/draft.ts';
import { hostsOf } from '#web/wizard/draft/hosts-of-iso.ts';
import { problemsOf } from '#web/wizard/draft/problems.ts';
import { refusedFields } from '#web/wizard/draft/refused-fields.ts';
import { emptyManifest, type ManifestDraft } from '#web/wizard/manifests/manifest-draft.ts';
import { emptyHost } from '#web/wizard/network/host-draft.ts';

const host = (last: number) => ({ ...emptyHost, mac: `52:54:00:00:00:${last}`, address: `192.0.2.${last}/24` });

const draft = (texts: Partial<Draft['texts']> = {}, hosts: Draft['hosts'] = []): Draft => ({
  texts: { ...emptyDraft.texts, name: 'edge', openshift_version: '4.20.3', pull_secret: pullSecret, ...texts },
  hosts,
  manifests: [],
});

const problems = (...given: Parameters<typeof draft>) => Object.fromEntries(problemsOf(draft(...given), false));

describe('a draft', () => {
  it('of what every ISO needs has no problems', () => {
    expect(problems()).toEqual({});
  });

  it('of everything has none either', () => {
    const texts: Partial<Record<TextField, string>> = {
      ssh_authorized_key: sshKey('me@edge'),
      rendezvous_ip: '192.0.2.10',
      http_proxy: 'http://proxy.example.org:3128',
      no_proxy: '.example.org',
      ntp_sources: '192.0.2.123, ntp.example.org',
      installation: 'unattended',
      base_dns_domain: 'example.org',
      api_vips: '192.0.2.5',
      ingress_vips: '192.0.2.6',
      machine_networks: '192.0.2.0/24',
      control_plane_count: '3',
      worker_count: '2',
      olm_operators: 'cnv, nmstate',
      allow_reinstall: 'true',
      site_settings: 'separate',
      kernel_arguments: 'console=ttyS0 a="b c"',
      ignition_config_override: '{"ignition":{"version":"3.2.0"}}',
    };
    expect(problems(texts, [host(10), host(11)])).toEqual({});
  });

  it('that is not begun yet lacks what every ISO needs', () => {
    expect([...problemsOf(emptyDraft, false).keys()]).toEqual(['openshift_version', 'name', 'pull_secret']);
  });

  it('of an ISO that is there may leave its pull secret', () => {
    expect([...problemsOf(draft({ pull_secret: '' }), true)]).toEqual([]);
  });

  it.each<[TextField, string, string]>([
    ['name', 'Edge Berlin', 'Cluster name format is not valid'],
    ['pull_secret', '{', 'pull secret must be a well-formed JSON'],
    ['ssh_authorized_key', '-----BEGIN OPENSSH PRIVATE KEY-----', 'a private key was given where a public one belongs'],
    ['rendezvous_ip', '127.0.0.1', 'not a loopback address'],
    ['network_discovery_delay_seconds', '-1', 'expected number'],
    ['http_proxy', 'proxy:3128', 'proxy'],
    ['no_proxy', 'a b', 'a b'],
    ['additional_ntp_sources', 'NTP_1', 'Invalid NTP source: NTP_1'],
    ['additional_trust_bundle', 'none', 'invalid block'],
    ['kernel_arguments', 'a;b', 'characters that the boot loader takes for commands'],
    ['ignition_config_override', '{}', 'no version was found'],
  ])('is told of a wrong %s in the words of the rule', (field, text, reason) => {
    expect(problems({ [field]: text })).toEqual({ [field]: expect.stringContaining(reason) });
  });

  it('is told that two lists of time sources exclude each other', () => {
    expect(problems({ additional_ntp_sources: 'a.example', ntp_sources: 'b.example' })).toEqual({
      ntp_sources: 'ntp_sources and additional_ntp_sources are mutually exclusive',
    });
  });

  it.each<[Partial<Draft['texts']>, TextField]>([
    [{ base_dns_domain: 'no_domain' }, 'base_dns_domain'],
    [{ api_vips: '192.0.2.5', ingress_vips: '' }, 'ingress_vips'],
    [{ machine_networks: '192.0.2.0/99' }, 'machine_networks'],
    [{ installation: 'unattended', base_dns_domain: 'example.org', worker_count: '-1' }, 'worker_count'],
    [{ installation: 'unattended', base_dns_domain: 'example.org', worker_count: '1.5' }, 'worker_count'],
    [{ base_dns_domain: 'example.org', olm_operators: 'nobody' }, 'olm_operators'],
    [{ base_dns_domain: 'example.org', install_config_overrides: '{"fip": true}' }, 'install_config_overrides'],
    [{ base_dns_domain: 'example.org', install_config_overrides: '{"pullSecret": "x"}' }, 'install_config_overrides'],
  ])('whose cluster is not entered on site is told of %j', (texts, field) => {
    expect(Object.keys(problems({ installation: 'prefilled', ...texts }))).toEqual([field]);
  });

  it.each<[string, readonly Partial<ManifestDraft>[], string]>([
    ['a name of no known kind', [{ file_name: 'motd.txt' }], 'a name that ends in .yaml'],
    ['no name', [{}], 'A manifest needs a name'],
    ['a space in its name', [{ file_name: 'mo td.yaml' }], 'should not include a space'],
    ['a name twice', [{ file_name: 'a.yaml' }, { file_name: 'a.yaml' }], 'a.yaml is there twice'],
    ['a name in both folders', [{ file_name: 'a.yaml' }, { file_name: 'a.yaml', folder: 'openshift' }], 'not distinct'],
    ['content that is not what its name says', [{ file_name: 'a.json', content: 'a: 1' }], 'illegal JSON format'],
    ['a name that the site passes over', [{ file_name: 'a.json' }], 'passes over this one'],
    ['content that is no object of a cluster', [{ file_name: 'a.yaml' }], 'without apiVersion and kind'],
  ])('is told of a manifest with %s', (_, given, reason) => {
    const manifests = given.map((manifest) => ({ ...emptyManifest, content: '{}', ...manifest }));
    const of = (installation: string) =>
      Object.fromEntries(problemsOf({ ...draft({ installation, base_dns_domain: 'example.org' }), manifests }, false));
    expect(of('prefilled')).toEqual({ manifests: expect.stringContaining(reason) });
    expect(of('')).toEqual({});
  });

  it('is told which host is wrong', () => {
    expect(problems({}, [host(10), { ...host(11), address: 'x' }])).toEqual({ 'host 1': expect.any(String) });
    expect(problems({}, [host(10), host(10)])).toEqual({
      'host 1': expect.stringContaining('belongs to host 0 already'),
    });
    expect(problems({}, [{ ...host(10), disk: 'sda' }])).toEqual({ 'host 0': expect.any(String) });
    const yaml = { ...emptyHost, yaml: { text: 'interfaces: [', macs: '52:54:00:00:00:10 eth0' } };
    expect(problems({}, [host(11), yaml])).toEqual({ 'host 1': expect.stringContaining('yaml: line 1') });
  });
});

describe('what the service refuses', () => {
  it.each([
    ['failed to validate network yaml for host 2, libnm error', ['host 2']],
    ['error parsing ignition: config is not valid, error report: x', ['ignition_config_override']],
    [
      '2 errors occurred:\n\t* api_vips: they are missing\n\t* hosts: there are none\n\n',
      ['api_vips', 'static_network_config'],
    ],
    ['name in body should be at most 54 chars long', ['name']],
    ['the kernel arguments take 900 bytes with those of the ISO', ['kernel_arguments']],
  ])('lands at its field: %j', (message, fields) => {
    const { byField, rest } = refusedFields(message, draft({}, [host(10), host(11), host(12)]));
    expect([[...byField.keys()], rest]).toEqual([fields, undefined]);
  });

  it('lands at the host that it counts: those without a network are not counted', () => {
    const [byDhcp] = hostsOf({ hosts: [{ hostname: 'one', mac_addresses: ['52:54:00:00:00:01'] }] });
    const hosts = [host(10), byDhcp ?? emptyHost, host(12)];
    expect([...refusedFields('network yaml for host 1, x', draft({}, hosts)).byField.keys()]).toEqual(['host 2']);
  });

  it('is shown as it is where it is about no field', () => {
    expect(refusedFields('it is Monday', draft())).toEqual({ byField: new Map(), rest: 'it is Monday' });
  });
});
