import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Behaviour } from '#local/sample-release/openshift-install/make-installer.ts';
import { memoryInstallerObjects } from '#test/fakes/installer-objects.ts';
import { allEnded, pidsIn } from '#test/fakes/processes.ts';
import { temporaryFolder } from '#test/fakes/temporary-folder.ts';
import { expectClean, internal, outcome } from './outcome.ts';
import { canary, world } from './world.ts';

describe('the binary refuses', () => {
  const withEscapedQuote = `{"auths":{"quay.io":{"auth":"${canary}","note":"a\\"b"}`;
  it.each([
    ['verbatim', `{"auths":{"quay.io":{"auth":"${canary}"}`, {}, 'it is not a valid pull secret in JSON'],
    ['as a quoted Go string', withEscapedQuote, { quotedSecret: true }, 'it is not a valid pull secret in JSON'],
    [
      'over several lines',
      `{\n "auths": {\n  "quay.io": {\n   "auth": "${canary}"\n`,
      {},
      'it is not a valid pull secret in JSON',
    ],
    ['without auths', `{"auth":"${canary}"}`, {}, '"auths" is required and must not be empty'],
    [
      'without auth',
      `{"auths":{"quay.io":{"password":"${canary}"}}}`,
      {},
      'every entry of "auths" needs "auth" or "credsStore"',
    ],
  ] as const)(
    'a pull secret that it repeats %s: 400 naming the field, and the secret nowhere',
    async (_, pullSecret, behaviour: Behaviour, reason) => {
      const here = await world({ pullSecret, behaviour });
      const message = `openshift-install refused the settings of the infra-env: pull_secret: ${reason}`;
      expect(await outcome(here)).toEqual({ name: 'InstallerRefused', status: 400, message });
      expect(here.events).toMatchObject([
        {
          name: 'ignition_generation_failed',
          message: `Failed to generate discovery.ign of revision 1. Error: ${message}`,
        },
      ]);
      expect(here.logger.lines).toMatchObject([{ message: 'openshift-install failed', fields: { exitCode: 1 } }]);
      await expectClean(here);
    },
  );
});

describe('the binary fails', () => {
  it.each<[string, Behaviour]>([
    ['crashes', { crash: true }],
    ['writes nothing', { noOutput: true }],
    ['writes half an ignition', { invalidOutput: true }],
    ['cannot remove its inputs', { undeletable: true }],
  ])('it %s: 500 without internals, and an event', async (_, behaviour) => {
    const here = await world({ behaviour });
    expect(await outcome(here)).toEqual(internal);
    expect(here.events).toMatchObject([
      {
        name: 'ignition_generation_failed',
        message: 'Failed to generate discovery.ign of revision 1. Error: Internal server error',
      },
    ]);
    expect(here.logger.lines).toHaveLength(1);
    await expectClean(here);
  });

  it('it makes an ignition that no ISO has room for: 400', async () => {
    const here = await world({ behaviour: { hugeOutput: true } });
    expect(await outcome(here)).toMatchObject({ name: 'IgnitionTooLarge', status: 400 });
    await expectClean(here);
  });

  it('it is of another version than its release: 409 naming both', async () => {
    const here = await world({ behaviour: { wrongVersion: '4.19.7' } });
    const { name, message } = (await outcome(here)) as { name: string; message: string };
    expect(name).toBe('InstallerMismatch');
    expect(message).toContain('release 4.20.0 is of version 4.19.7');
    await expectClean(here);
  });

  it('the stored file is no openshift-install: 409', async () => {
    const here = await world();
    const script = memoryInstallerObjects().add({ version: '4.20.0', content: Buffer.from('#!/bin/sh\nexit 3\n') });
    here.bucket.stored.set(script.installer.key, Buffer.from('#!/bin/sh\nexit 3\n'));
    here.state.releases.set('4.20.0', script);
    expect(await outcome(here)).toMatchObject({ name: 'InstallerMismatch', status: 409 });
    await expectClean(here);
  });

  it('it hangs: 504, and neither it nor its child is left', async () => {
    const pidFile = join(await temporaryFolder(), 'pids');
    const here = await world({ behaviour: { hang: { pidFile } }, timeoutSeconds: 5 });
    const running = outcome(here);
    const pids = await pidsIn(pidFile);
    expect(await running).toEqual({
      name: 'InstallerTimeout',
      status: 504,
      message: 'openshift-install did not finish within 5 seconds: try again',
    });
    expect(pids).toHaveLength(2);
    expect(await allEnded(pids)).toBe(true);
    await expectClean(here);
  });

  it('it is killed: 500', async () => {
    const pidFile = join(await temporaryFolder(), 'pids');
    const here = await world({ behaviour: { hang: { pidFile } } });
    const running = outcome(here);
    const [program = 0, child = 0] = await pidsIn(pidFile);
    process.kill(program, 'SIGKILL');
    process.kill(child, 'SIGKILL');
    expect(await running).toEqual(internal);
    await expectClean(here);
  });
});
