import { once } from 'node:events';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, it, onTestFinished } from 'vitest';
import { pinnedFingerprint } from '#cli/release-key.ts';
import { listen } from '#emulators/http/listen.ts';
import { installerArchive, publish } from '#test/fakes/installer-archive.ts';
import { startMirror } from '#test/fakes/mirror-server.ts';
import { signingKey } from '#test/fakes/release-key.ts';
import { localStack } from './local-stack.ts';

const stack = await localStack();

/** The command as npm starts it. */
const release = (args: readonly string[], env: Readonly<Record<string, string>> = {}) =>
  execa(process.execPath, [join(import.meta.dirname, '../../cli/release.ts'), ...args], {
    env: { PATH: process.env.PATH ?? '', HOME: '/nowhere', AWS_EC2_METADATA_DISABLED: 'true', ...env },
    extendEnv: false,
    reject: false,
  });

const publishStrangely = async () => {
  const mirror = await startMirror();
  const key = await signingKey();
  await publish({ mirror, key, version: '4.20.3', archive: await installerArchive(Buffer.from('#!/bin/sh\n')) });
  return { mirror, key };
};

describe('the command', () => {
  it('lists what the running local stack has', async () => {
    const { exitCode, stdout, stderr } = await release(['list', '--json', '--data', stack.data]);
    expect({ exitCode, stdout, stderr }).toEqual({ exitCode: 0, stdout: '[]', stderr: '' });
  });

  it.each([
    [['--help']],
    [['add', '--help']],
    [['add-iso', '--help']],
    [['list', '--help']],
    [['remove', '--help']],
    [['verify', '--help']],
  ])('%s explains itself', async (args) => {
    const { exitCode, stdout, stderr } = await release(args);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toContain('npx ove release ');
    for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(110);
  });

  it('fails with one line and exit code 1', async () => {
    const { exitCode, stdout, stderr } = await release(['add', '4.20.3', '--colour']);
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
    expect(stderr).toBe("release: Unknown option '--colour': see `npx ove release add --help`");
  });

  it('trusts nobody but the pinned key, whatever the environment says', async () => {
    const { mirror, key } = await publishStrangely();
    const armored = key.releaseKey.key.armor();
    const { exitCode, stdout, stderr } = await release(
      ['add', '4.20.3', '--mirror', mirror.url, '--data', stack.data],
      { RELEASE_KEY: armored, RELEASE_KEY_FINGERPRINT: key.releaseKey.fingerprint, NODE_ENV: 'test', VITEST: 'true' },
    );
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
    const pinned = pinnedFingerprint.replaceAll(' ', '').toLowerCase();
    expect(stderr).toContain(`no valid signature by the release key ${pinned}`);
    expect(stderr.split('\n')).toHaveLength(1);
    expect(await stack.keys()).toEqual([]);
  });

  it('stops at SIGINT, and says so', async () => {
    const { mirror } = await publishStrangely();
    const path = 'clients/ocp/4.20.3/sha256sum.txt';
    mirror.trouble(path, { stall: [3] });
    const running = release(['add', '4.20.3', '--mirror', mirror.url, '--data', stack.data]);
    await expect.poll(() => mirror.ranges(path).length).toBe(1);
    running.kill('SIGINT');
    const { exitCode, stderr } = await running;
    expect(exitCode).toBe(1);
    expect(stderr).toBe('release: stopped by SIGINT: nothing was changed half-way');
  });
});

describe('a proxy', () => {
  const givenProxy = async () => {
    const server = createServer();
    const proxy = await listen(server);
    onTestFinished(() => proxy.close());
    return { server, url: proxy.endpoint };
  };

  const aws = { AWS_REGION: 'eu-west-1', AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b', AWS_MAX_ATTEMPTS: '1' };

  it.each([
    ['a mirror', ['add', '4.20.3', '--mirror', 'https://mirror.test/pub'], 'mirror.test:443'],
    ['AWS', ['list', '--stack', 'OveIgnition'], 'cloudformation.eu-west-1.amazonaws.com:443'],
  ])('named in HTTPS_PROXY is the way to %s', async (_, args, wanted) => {
    const { server, url } = await givenProxy();
    const connected = once(server, 'connect');
    const target = args.includes('--stack') ? [] : ['--data', stack.data];
    const running = release([...args, ...target], { HTTPS_PROXY: url, ...aws });
    const [request, socket] = await connected;
    expect(request.url).toBe(wanted);
    socket.destroy();
    running.kill('SIGKILL');
    await running;
  });
});
