import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Generation, generations, versions } from '#local/sample-release/openshift-install/make-installer.ts';
import {
  agentConfig,
  infraEnv,
  installerFixture,
  interactive,
  mirror,
  pullSecret,
  releaseImage,
  repository,
} from './openshift-install/installer-fixture.ts';
import { decodeFile, filePaths } from './openshift-install/read-ignition.ts';
import { infraEnvWith, minimum, registriesFor } from './openshift-install/sample-inputs.ts';
import { existing, type Run, runBinary } from './openshift-install/try-installer.ts';

const { binaries, newFolder, given } = installerFixture();
let home = '';

beforeAll(async () => {
  home = await newFolder();
});

describe('the command line', () => {
  test.each(generations)(
    'version of %s is four lines on stdout, the first naming the program as it was called',
    async (generation) => {
      const run = await runBinary(binaries[generation], ['version'], { HOME: home, PATH: '' });
      expect(run).toMatchObject({ exitCode: 0, stderr: '' });
      expect(run.stdout.split('\n')).toEqual([
        `${binaries[generation]} ${versions[generation]}`,
        expect.stringMatching(/^built from commit [0-9a-f]{40}$/),
        `release image ${releaseImage}`,
        'release architecture amd64',
      ]);
    },
  );

  test.each([
    ['G1', true],
    ['G2', true],
    ['G2z', false],
    ['G3', false],
    ['G4', false],
  ] as const)('--help of %s lists --interactive: %s', async (generation, listed) => {
    const args = ['agent', 'create', 'unconfigured-ignition', '--help'];
    const { exitCode, stdout } = await runBinary(binaries[generation], args, { HOME: home, PATH: '' });
    expect(exitCode).toBe(0);
    expect(stdout).toContain('--dir');
    expect(stdout.includes('--interactive')).toBe(listed);
  });

  test("the command is hidden from its parent's help", async () => {
    const { exitCode, stdout } = await runBinary(binaries.G1, ['agent', 'create', '--help'], { HOME: home, PATH: '' });
    expect(exitCode).toBe(0);
    expect(stdout).not.toContain('unconfigured-ignition');
  });

  test.each([
    [['frobnicate'], String.raw`unknown command \"frobnicate\" for \"openshift-install\"`],
    [['agent', 'create', 'image'], String.raw`unknown command \"image\" for \"openshift-install agent create\"`],
    [['agent', 'create', 'unconfigured-ignition', '--frobnicate'], 'unknown flag: --frobnicate'],
    [['agent', 'create', 'unconfigured-ignition', '-x'], "unknown shorthand flag: 'x' in -x"],
    [['version', '--interactive'], 'unknown flag: --interactive'],
    [['agent', 'create', 'unconfigured-ignition', '--dir'], 'flag needs an argument: --dir'],
  ])('%j is refused', async (args, reason) => {
    const run = await runBinary(binaries.G1, args, { HOME: home, PATH: '' });
    expect(run).toMatchObject({ exitCode: 1, stdout: '', fatal: `"Error executing openshift-install: ${reason}"` });
  });

  test('an unknown log level is refused', async () => {
    const { exitCode, fatal } = await given({ args: ['--log-level', 'loud'] });
    expect(exitCode).toBe(1);
    expect(fatal).toContain('not a valid logrus Level');
  });

  test.each(['G2z', 'G3', 'G4'] as const)('%s refuses --interactive and writes nothing', async (generation) => {
    const { exitCode, stdout, stderr, dir } = await given({ generation, args: interactive });
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
    expect(stderr).toBe('level=fatal msg="Error executing openshift-install: unknown flag: --interactive"');
    expect(
      existing(dir, ['unconfigured-agent.ign', '.openshift_install.log', '.openshift_install_state.json']),
    ).toEqual([]);
    expect(existing(dir, Object.keys(minimum))).toEqual(Object.keys(minimum));
  });

  test.each([
    ['debug', ['debug', 'info']],
    ['info', ['info']],
    ['error', []],
  ])('log level %s shows %j on stderr', async (level, shown) => {
    const { stderr } = await given({ args: ['--log-level', level] });
    const levels = stderr.split('\n').flatMap((line) => /^level=(\w+) msg=/.exec(line)?.[1] ?? []);
    expect(levels).toEqual(shown);
  });
});

const invented = /^(INFRA_ENV_ID|EC_PUBLIC_KEY_PEM|\w+_TOKEN)=.*$/gm;

/** Bytes that keys and tokens take at most. */
const tokenBytes: Partial<Record<Generation, { readonly text: number; readonly packed: number }>> = {
  G4: { text: 4_000, packed: 3_000 },
};

describe.each(generations)('the smallest run of %s', (generation) => {
  const tokens = tokenBytes[generation] ?? { text: 0, packed: 0 };

  test('writes one line of ignition 3.2.0 of the size of the real one, stdout empty, inputs gone', async () => {
    const { exitCode, stdout, dir, ignition } = await given({ generation });
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: '' });
    const text = readFileSync(join(dir, 'unconfigured-agent.ign'), 'utf8');
    expect(text).not.toContain('\n');
    expect(ignition().ignition.version).toBe('3.2.0');
    expect(ignition().passwd).toBeUndefined();
    expect(text.length).toBeGreaterThan(90_000);
    expect(text.length).toBeLessThan(94_000 + tokens.text);
    expect(gzipSync(text).length).toBeGreaterThan(27_000);
    expect(gzipSync(text).length).toBeLessThan(28_000 + tokens.packed);
    expect(existing(dir, ['cluster-manifests'])).toEqual([]);
  });

  test('leaves a log that all may read and a state file that holds the pull secret', async () => {
    const { dir } = await given({ generation });
    const modes = ['unconfigured-agent.ign', '.openshift_install.log', '.openshift_install_state.json'].map(
      (name) => statSync(join(dir, name)).mode & 0o777,
    );
    expect(modes).toEqual([0o644, 0o644, 0o640]);
    expect(readFileSync(join(dir, '.openshift_install_state.json'), 'utf8')).toContain('dXNlcjpwYXNz');
  });

  test('gives equal bytes for equal inputs but for what it invents', async () => {
    const [first, second] = [await given({ generation }), await given({ generation })];
    const known = (run: Run) => {
      const ignition = run.ignition();
      return filePaths(ignition).map((path) => [path, decodeFile(ignition, path).replace(invented, '')]);
    };
    const service = '/usr/local/share/assisted-service/assisted-service.env';
    expect(decodeFile(first.ignition(), service)).not.toBe(decodeFile(second.ignition(), service));
    expect(known(first)).toEqual(known(second));
    expect(first.ignition().systemd).toEqual(second.ignition().systemd);
  });
});

test('no path occurs twice in an ignition', async () => {
  const files = {
    ...agentConfig('rendezvousIP: 192.0.2.10'),
    ...mirror(registriesFor(repository, 'mirror.example/release')),
  };
  const paths = filePaths((await given({ generation: 'G1', files, args: interactive })).ignition());
  expect(paths).toEqual([...new Set(paths)]);
});

test.each([
  ['a garbage SSH key', infraEnv('  sshAuthorizedKey: garbage')],
  ['a bad proxy URL', infraEnv('  proxy:', '    httpProxy: "::"')],
  ['a bad NTP name', infraEnv('  additionalNTPSources: ["???"]')],
  ['a bad trust bundle', infraEnv('  additionalTrustBundle: nothing')],
  ['an auth that is not base64', pullSecret('{"auths":{"quay.io":{"auth":"%%%"}}}')],
  ['an empty infraenv.yaml', { 'cluster-manifests/infraenv.yaml': '' }],
  ['a wrong kind', { 'cluster-manifests/infraenv.yaml': 'kind: Banana\n' }],
  ['a second document', { 'cluster-manifests/infraenv.yaml': `${infraEnvWith()}---\n: [\n` }],
  ['keys in another case', { 'cluster-manifests/infraenv.yaml': 'Metadata:\n  Name: edge\nSPEC: {}\n' }],
  [
    'another name than pullSecretRef',
    { 'cluster-manifests/infraenv.yaml': infraEnvWith().replace('name: pull-secret', 'name: other') },
  ],
])('%s is accepted', async (_, files) => {
  expect((await given({ files })).exitCode).toBe(0);
});
