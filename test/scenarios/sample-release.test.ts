import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { ed25519Key } from '#test/domain/values/openssh-key.ts';
import { sharedFolder } from '#test/fakes/temporary-folder.ts';
import { decodeFile } from '#test/stand-ins/openshift-install/read-ignition.ts';
import { hasTools } from '#test/tools.ts';
import { runningStack } from './stack.ts';

const folder = await sharedFolder();
const sampleIso = join(folder, 'sample.iso');
const { url } = await runningStack({ installers: {}, sampleIso });

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
