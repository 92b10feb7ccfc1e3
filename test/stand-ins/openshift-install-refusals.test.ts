import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  agentConfig,
  infraEnv,
  installerFixture,
  mirror,
  pullSecret,
  releaseImage,
  type Situation,
  staticHosts,
} from './openshift-install/installer-fixture.ts';
import { dockerConfig, minimum, pullSecretWith, staticHostWith } from './openshift-install/sample-inputs.ts';
import { existing, tryInstaller } from './openshift-install/try-installer.ts';

const { binaries, newFolder, given } = installerFixture();
const staticHost = staticHostWith({ name: 'host-0', ip: '192.0.2.10' });

describe('refusals', () => {
  const secret = '{"auths":{"quay.io":{"auth":"dG9wOnNlY3JldA=="}}';
  interface Refused extends Situation {
    readonly what: string;
    readonly ending: string;
    readonly exitCode?: number;
  }
  const unlabelled = staticHostWith({ name: 'host-0', ip: '192.0.2.10', labels: '{}' });
  const noNmstatectl =
    'failed to validate network yaml for host 0, install nmstate package, exec: "nmstatectl": executable file not found in $PATH';
  const rows: Refused[] = [
    {
      what: 'a pull secret that is not JSON',
      files: pullSecret(secret),
      ending: `failed to load asset "Agent PullSecret": invalid PullSecret configuration: stringData: Invalid value: "${secret}": unexpected end of JSON input`,
    },
    { what: 'no auths', files: pullSecret('{}'), ending: 'Invalid value: "{}": auths required' },
    { what: 'empty auths', files: pullSecret('{"auths":{}}'), ending: ': auths required' },
    {
      what: 'an entry without auth',
      files: pullSecret('{"auths":{"quay.io":{"email":"a@b"}}}'),
      ending: ': "quay.io" requires either auth or credsStore',
    },
    {
      what: 'a pull secret under data',
      files: { 'cluster-manifests/pull-secret.yaml': 'kind: Secret\ndata:\n  .dockerconfigjson: e30=\n' },
      ending: 'stringData: Required value: no pull secret given',
    },
    {
      what: 'an unknown key of the pull secret',
      files: { 'cluster-manifests/pull-secret.yaml': `${pullSecretWith(dockerConfig)}extra: 1\n` },
      ending: 'json: unknown field "extra"',
    },
    {
      what: 'an unknown key of the infra-env',
      files: infraEnv('  ntpSource: pool.example'),
      ending:
        'failed to unmarshal cluster-manifests/infraenv.yaml: error unmarshaling JSON: while decoding JSON: json: unknown field "ntpSource"',
    },
    {
      what: 'an infra-env whose list is a text',
      files: infraEnv('  additionalNTPSources: pool.example'),
      ending: 'json: cannot unmarshal string into Go struct field spec.additionalNTPSources of type slice',
    },
    {
      what: 'a key given twice',
      files: infraEnv('  sshAuthorizedKey: a', '  sshAuthorizedKey: b'),
      ending: 'yaml: line 9: duplicated mapping key',
    },
    {
      what: 'an architecture without a release',
      files: infraEnv('  cpuArchitecture: riscv64'),
      ending: 'Config.Spec.CpuArchitecture riscv64 is not supported',
    },
    {
      what: 'a bad rendezvous IP',
      files: agentConfig('rendezvousIP: 999.1.1.1'),
      ending: 'rendezvousIP: Invalid value: "999.1.1.1": "999.1.1.1" is not a valid IP',
    },
    {
      what: 'a rendezvous IP with a zone',
      files: agentConfig('rendezvousIP: "fe80::1%eth0"'),
      ending: '"fe80::1%eth0" is not a valid IP',
    },
    {
      what: 'an unknown key of the agent config',
      files: agentConfig('rendezvous: x'),
      ending: 'unknown field "rendezvous"',
    },
    { what: 'static networks without nmstatectl', files: staticHosts(staticHost), ending: noNmstatectl },
    {
      what: 'static networks without nmstatectl, though they would be discarded',
      files: { ...staticHosts(staticHost), ...agentConfig() },
      ending: noNmstatectl,
    },
    {
      what: 'a label-less host when nmstatectl is missing as well',
      files: staticHosts(unlabelled),
      ending: noNmstatectl,
    },
    {
      what: 'a label-less host',
      files: staticHosts(unlabelled),
      nmstatectl: true,
      ending: 'labels: Required value: host-0 does not have any label set',
    },
    {
      what: 'a network YAML that nmstatectl refuses',
      files: staticHosts('metadata:\n  labels: { a: b }\nspec:\n  config: { interface: [] }\n'),
      nmstatectl: true,
      ending:
        'expected one of `hostname`, `dns-resolver`, `route-rules`, `routes`, `interfaces`, `ovs-db`, `ovn`, `description`',
    },
    {
      what: "a cluster image set of another release than the binary's",
      files: { 'cluster-manifests/cluster-image-set.yaml': 'spec:\n  releaseImage: quay.io/other:1\n' },
      ending: `spec.releaseImage: Forbidden: must be ${releaseImage}`,
    },
    {
      what: 'an install-config.yaml that cannot be parsed',
      files: { 'install-config.yaml': 'a: [' },
      exitCode: 3,
      ending: 'unexpected end of the stream within a flow collection',
    },
  ];

  test.each(rows)('$what', async ({ ending, exitCode, ...situation }) => {
    const run = await given(situation);
    expect(run.exitCode).toBe(exitCode ?? 1);
    expect(run.fatal.startsWith('failed to fetch Agent Installer Unconfigured Ignition: ')).toBe(true);
    expect(run.fatal.endsWith(ending), run.fatal).toBe(true);
    expect(run.stdout).toBe('');
    expect(existing(run.dir, ['unconfigured-agent.ign', ...Object.keys(minimum)])).toEqual(Object.keys(minimum));
  });

  test.each([
    ['cluster-manifests/pull-secret.yaml', '"Agent PullSecret": missing configuration or manifest file'],
    ['cluster-manifests/infraenv.yaml', 'configuration file not found: cluster-manifests/infraenv.yaml'],
  ])('no %s', async (path, ending) => {
    const files = Object.fromEntries(Object.entries(minimum).filter(([name]) => name !== path));
    const run = await tryInstaller({ binary: binaries.G1, files, args: [], dir: await newFolder(), path: '' });
    expect(run.exitCode).toBe(1);
    expect(run.fatal.endsWith(ending), run.fatal).toBe(true);
  });

  test.each([
    ['G1', 1],
    ['G2', 1],
    ['G3', 0],
  ] as const)('%s on an invalid registries.conf or certificate exits with %i', async (generation, exitCode) => {
    const toml = await given({ generation, files: mirror('[[registry]\nlocation = "quay.io"\n') });
    const missingQuote = await given({ generation, files: mirror('[[registry]]\nlocation = "quay.io\n') });
    const certificate = await given({ generation, files: { 'mirror/ca-bundle.crt': 'no certificate' } });
    expect([toml, missingQuote, certificate].map((run) => run.exitCode)).toEqual([exitCode, exitCode, exitCode]);
    expect(toml.fatal.startsWith('failed to fetch')).toBe(exitCode === 1);
  });

  test('a refused pull secret is echoed verbatim to stderr and to the log that all may read', async () => {
    const { stderr, dir } = await given({ files: pullSecret(secret) });
    expect(stderr).toContain(secret);
    expect(readFileSync(join(dir, '.openshift_install.log'), 'utf8')).toContain(secret);
    expect(statSync(join(dir, '.openshift_install.log')).mode & 0o777).toBe(0o644);
  });
});
