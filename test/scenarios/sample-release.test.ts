import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { ed25519Key } from '#test/domain/values/openssh-key.ts';
import { sharedFolder } from '#test/fakes/temporary-folder.ts';
import { decodeFile } from '#test/stand-ins/openshift-install/read-ignition.ts';
import { hasTools } from '#test/tools.ts';
import { brokenStack, smoke } from './smoke-operator.ts';
import { runningStack } from './stack.ts';

const folder = await sharedFolder();
const sampleIso = join(folder, 'sample.iso');
const { url, api, dataDir } = await runningStack({ installers: {}, sampleIso });

/** All that docs/api.md says to type, in its order. */
const walkThrough = async (): Promise<string> => {
  const text = await readFile(join(import.meta.dirname, '../../docs/api.md'), 'utf8');
  const blocks = [...text.matchAll(/^( *)```sh\n([\s\S]*?)^ *```$/gm)];
  return blocks.map(([, indent = '', block = '']) => block.replaceAll(new RegExp(`^${indent}`, 'gm'), '')).join('\n');
};

const env = {
  API: `${url}/api/assisted-install/v2`,
  PULL_SECRET: join(folder, 'pull-secret.json'),
  SSH_KEY: join(folder, 'key.pub'),
};

const type = async (more: Readonly<Record<string, string>> = {}) =>
  execa('sh', ['-c', await walkThrough()], { cwd: folder, env: { ...env, ...more }, reject: false });

const key = ed25519Key('ada@example.org');

describe.runIf(hasTools('curl', 'jq'))('docs/api.md, typed literally on the sample release', () => {
  it('stops at a refusal, with its reason', async () => {
    await writeFile(env.PULL_SECRET, '{"auths":{}}');
    await writeFile(env.SSH_KEY, `${key}\n`);
    const { exitCode, stderr } = await type();
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/pull secret/i);
  });

  it('gives an ISO, and an ignition that says that nothing can be installed from it', async () => {
    await writeFile(env.PULL_SECRET, '{"auths":{"quay.io":{"auth":"dXNlcjpwYXNz"}}}\n');
    const { stdout, stderr, exitCode } = await type();
    expect(exitCode, stderr).toBe(0);
    expect(stdout.split('\n')[0]).toBe(key);
    expect(stdout).toContain('Registered infra env');
    expect((await stat(join(folder, 'my.iso'))).size).toBe((await stat(sampleIso)).size);
    const ignition = JSON.parse(await readFile(join(folder, 'discovery.ign'), 'utf8'));
    for (const path of ['/etc/motd.d/00-sample-release', '/etc/issue.d/00-sample-release.issue'])
      expect(decodeFile(ignition, path)).toContain('nothing can be installed from it');
  });
});

const namesLeft = async (): Promise<readonly string[]> => {
  const kinds = await Promise.all(['clusters', 'infra-envs'].map((kind) => api.get(`/v2/${kind}`)));
  return kinds.flatMap(({ body }) => body.map(({ name }: { name: string }) => name)).filter(isOfSmoke);
};
const isOfSmoke = (name: string): boolean => name.startsWith('smoke-');

describe('npm run smoke', () => {
  it('walks from the health to an ISO, and leaves nothing', async () => {
    const { said, failed } = await smoke(['--data', dataDir]);
    expect(failed).toBeUndefined();
    expect(said).toEqual([
      'ok      health                  ok',
      'ok      strangers are refused   left out: everybody is the same user here',
      expect.stringMatching(/^ok {6}the caller is accepted {2}\d+ clusters$/),
      'ok      release                 4.20.0-sample',
      expect.stringMatching(/^ok {6}registration {12}smoke-[0-9a-f]{8}, infra-env [0-9a-f-]{36}$/),
      expect.stringMatching(/^ok {6}ignition {16}\d+ bytes downloaded$/),
      `ok      ISO                     ${(await stat(sampleIso)).size} bytes, the start of them downloaded`,
      'ok      deletion                cluster and infra-env are gone',
    ]);
    expect(await namesLeft()).toEqual([]);
  });

  it('names the release that is not there, and how one is added', async () => {
    const { said, failed } = await smoke(['--data', dataDir, '--release', '4.99.0']);
    expect(failed).toBe('smoke: the step "release" failed');
    expect(said.at(-2)).toContain('4.99.0 is not there: `npx ove release add VERSION --data');
    expect(said.at(-1)).toContain('look at `npx ove release list`');
  });

  it.each([
    ['health', { at: /GET \/health/ }, 'the log of the api function'],
    ['registration', { at: /POST \/v2\/infra-envs/ }, 'the state machine disconnected-transition'],
    ['registration', { at: /POST \/v2\/clusters/, done: true }, 'the log of the api function'],
    ['ignition', { at: /discovery\.ign/ }, 'the log of the ignition function'],
    ['deletion', { at: /DELETE \/v2\/clusters/, done: true }, 'smoke-…'],
  ])('whose %s fails at %o says what to look at, and leaves nothing', async (step, breakage, look) => {
    const { said, failed } = await smoke(['--data', await brokenStack(dataDir, breakage)]);
    expect(failed).toBe(`smoke: the step "${step}" failed`);
    const at = said.findIndex((line) => line.startsWith('FAILED'));
    expect(said[at]).toMatch(new RegExp(`^FAILED {2}${step} .*HTTP 500: broken`));
    expect(said[at + 1]).toMatch(/^ {8,}look at /);
    expect(said[at + 1]).toContain(look);
    expect(await namesLeft()).toEqual([]);
  });

  it('that is stopped leaves nothing', async () => {
    const stop = new AbortController();
    const data = await brokenStack(dataDir, { at: /discovery\.ign/, reached: () => stop.abort() });
    const { said } = await smoke(['--data', data], { signal: stop.signal });
    expect(said.at(-1)).toContain('cluster and infra-env are gone');
    expect(await namesLeft()).toEqual([]);
  });

  it.each([
    [['--stack', 'A', '--data', 'x'], '--stack names a deployed stack, --data the local one: choose one'],
    [['now'], 'now means nothing here: see `npx ove smoke --help`'],
    [['--fast'], "Unknown option '--fast'"],
  ])('%s is refused', async (args, reason) => {
    expect((await smoke(args)).failed).toContain(reason);
  });
});
