import { describe, expect, it } from 'vitest';
import { configImageRefusal } from '#domain/installation/config-image-refusal.ts';

const refusal = (message: string, exitCode = 1) =>
  configImageRefusal({
    exitCode,
    stderr: `level=info msg=Consuming Install Config\nlevel=fatal msg=failed to fetch ${message}\n`,
  });

// The binary's own texts, as measured.
describe('a refusal of config-image names our field', () => {
  it.each([
    ['rendezvousIP: Invalid value: "999.1.1.1": "999.1.1.1" is not a valid IP', 'rendezvous_ip'],
    [
      'missing rendezvousIP in agent-config, at least one host networkConfig, or at least one NMStateConfig manifest',
      'rendezvous_ip',
    ],
    [
      "Host x has role 'worker' and has the rendezvousIP assigned to it. The rendezvousIP must be assigned to a control plane host.",
      'rendezvous_ip',
    ],
    ['hosts[1].interfaces[0].macAddress: Invalid value: "x": duplicate MAC address found', 'hosts'],
    ['hosts[0].role: Unsupported value: "boss": supported values: "master", "worker", "arbiter"', 'hosts'],
    [
      'hosts[0].rootDeviceHints.wwnWithExtension: Forbidden: WWN extensions are not supported in root device hints',
      'hosts',
    ],
    ['the number of master hosts defined (3) exceeds the configured ControlPlane replicas (1)', 'hosts'],
    ['not enough hosts found (1) to support all the configured ControlPlane replicas (3)', 'hosts'],
    ['platform.baremetal.apiVIPs: Invalid value: "x": IP expected to be in one of the machine networks', 'api_vips'],
    ['networking.clusterNetwork[0].hostPrefix: Invalid value: 33', 'cluster_networks'],
    ['networking.serviceNetwork[0]: Invalid value: "x": service network must not overlap', 'service_networks'],
    ['networking.networkType: Invalid value: "OpenShiftSDN"', 'network_type'],
    ['baseDomain: Required value: cluster base domain required', 'base_dns_domain'],
    ['metadata.name: Invalid value: "x_y"', 'name'],
    ['pullSecret: Invalid value: "{secret}": auths required', 'pull_secret'],
    ['sshKey: Invalid value: "foo": ssh: no key found', 'ssh_public_key'],
    ['proxy.noProxy: Invalid value: "a b"', 'no_proxy'],
    ['proxy.httpProxy: Invalid value: "foo"', 'http_proxy'],
    ['additionalTrustBundle: Invalid value: "foo": invalid block', 'additional_trust_bundle'],
    [
      'featureGates: Forbidden: featureGates can only be used with the CustomNoUpgrade feature set',
      'install_config_overrides',
    ],
    ['additionalEnabledCapabilities: Unsupported value: "x"', 'install_config_overrides'],
    ['failed to validate network yaml for host 0: InvalidArgument', 'static_network_config'],
    ['could not decode YAML for openshift/bad.yaml', 'manifests'],
    ['controlPlane.replicas: Invalid value: 6', 'control_plane_count'],
    ['Platform.Name: Unsupported value: "aws"', 'platform'],
  ])('%s', (message, field) => {
    const error = refusal(message);
    expect(error).toMatchObject({ name: 'InstallerRefused' });
    expect(error?.message).toContain(`: ${field}`);
    expect(error?.message).not.toContain('Invalid value');
  });

  it('also where install-config.yaml has an unknown member, which ends with 3', () => {
    expect(refusal('error unmarshaling JSON: json: unknown field "foo"', 3)?.message).toContain(
      'install_config_overrides',
    );
  });

  it('and is none where the run went well', () => {
    expect(configImageRefusal({ exitCode: 0, stderr: 'level=warning msg=not enough hosts\n' })).toBeUndefined();
  });

  it.each([
    ['a crash', 2],
    ['a signal', undefined],
  ])('but %s is an error of the service', (_, exitCode) => {
    expect(configImageRefusal({ exitCode, stderr: 'panic: x\n' })).toMatchObject({ name: 'InternalError' });
  });
});
