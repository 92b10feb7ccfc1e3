import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { memoryInstallerObjects } from '#test/fakes/installer-objects.ts';
import { allEnded, pidsIn } from '#test/fakes/processes.ts';
import { temporaryFolder } from '#test/fakes/temporary-folder.ts';
import type { Behaviour } from '#test/stand-ins/openshift-install/make-installer.ts';
import { canary, type World, world } from './world.ts';

/** The failure's name, HTTP status and text. */
const outcome = async (here: World, revision?: number, remainingMs?: number) =>
  here.run(revision, remainingMs).then(
    () => 'no failure',
    ({ name, status, message }) => ({ name, status, message }),
  );

const expectClean = async (here: World) => {
  expect(await here.workspacesLeft()).toEqual([]);
  expect(await here.traces()).not.toContain(canary);
  expect(here.artifacts.size).toBe(0);
};

const internal = { name: 'InternalError', status: 500, message: 'Internal server error' };

describe('before the binary runs', () => {
  it('no such infra-env: 404, and no event, since there is nothing to keep it under', async () => {
    const here = await world();
    here.state.infraEnvs.clear();
    expect(await outcome(here, 1)).toMatchObject({ name: 'NotFound', status: 404 });
    expect(here.events).toEqual([]);
  });

  it.each([
    ['never had one', { infraEnv: { clusterId: undefined } }, 'ClusterRequired', 400],
    ['its cluster is deleted', { cluster: { deletedAt: '2026-01-01T00:00:00.000Z' } }, 'ClusterGone', 409],
    ['its cluster is not disconnected', { cluster: { status: 'insufficient' } }, 'IllegalTransition', 409],
    ['its release is unknown', { cluster: { openshiftVersion: '4.99.1' } }, 'InstallerMissing', 409],
  ] as const)(
    'an infra-env without a usable cluster (%s) is refused in an event',
    async (_, situation, name, status) => {
      const { infraEnv, ...rest } = { infraEnv: {}, ...situation };
      const here = await world(rest);
      if ('clusterId' in infraEnv) {
        const { clusterId: _none, ...unbound } = here.infraEnv;
        here.state.infraEnvs.set(unbound.id, unbound);
      }
      expect(await outcome(here)).toMatchObject({ name, status });
      expect(here.events).toMatchObject([{ name: 'ignition_generation_failed', severity: 'error' }]);
      await expectClean(here);
    },
  );

  it('a cluster that is gone altogether', async () => {
    const here = await world();
    here.state.clusters.clear();
    expect(await outcome(here)).toMatchObject({ name: 'ClusterGone' });
  });

  it('a release whose binary is not stored: 409 that names version and architecture', async () => {
    const here = await world();
    here.bucket.stored.clear();
    const { message } = (await outcome(here)) as { message: string };
    expect(message).toBe(
      'openshift-install 4.20.0 for x86_64 is not in the installer cache: ' +
        'an operator has to add that release (docs/operations.md, "Adding a release")',
    );
    expect(here.events[0]?.message).toContain(message);
    await expectClean(here);
  });

  it('a pull secret that is not stored: 500', async () => {
    const here = await world({ pullSecret: undefined });
    expect(await outcome(here)).toEqual(internal);
    await expectClean(here);
  });

  it('an invocation that is about to end: 504 without starting anything', async () => {
    const here = await world();
    expect(await outcome(here, 1, 3_000)).toMatchObject({ name: 'InstallerTimeout', status: 504 });
    expect(here.bucket.opened).toEqual([]);
  });

  it('a download that takes too long: 504', async () => {
    const here = await world({ timeoutSeconds: 0.2 });
    const held = Promise.withResolvers<undefined>();
    here.bucket.onOpen(() => held.promise);
    expect(await outcome(here)).toMatchObject({ name: 'InstallerTimeout', status: 504 });
    await expectClean(here);
    held.resolve(undefined);
  });
});

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
    const here = await world({ behaviour: { hang: { pidFile } }, timeoutSeconds: 2 });
    const running = outcome(here);
    const pids = await pidsIn(pidFile);
    expect(await running).toEqual({
      name: 'InstallerTimeout',
      status: 504,
      message: 'openshift-install did not finish within 2 seconds: try again',
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

describe('what else can go wrong', () => {
  it('the artifact cannot be stored: 500, and the reason stays in the log', async () => {
    const artifacts = {
      find: async () => undefined,
      writeOnce: () => Promise.reject(new Error(`bucket of ${canary}`)),
    };
    const here = await world({ dependencies: { artifacts } });
    expect(await outcome(here)).toEqual(internal);
    expect(here.logger.lines).toMatchObject([{ level: 'error', fields: { reason: 'bucket of [redacted]' } }]);
    await expectClean(here);
  });

  it('the failure stands although its event cannot be written', async () => {
    const events = { add: () => Promise.reject(new Error('no table')) };
    const here = await world({ pullSecret: '{}', dependencies: { events } });
    expect(await outcome(here)).toMatchObject({ name: 'InstallerRefused' });
  });

  it('the input files cannot be written: 500, the workspace is removed and the installer no longer in use', async () => {
    const ended: string[] = [];
    const end = (what: string) => async () => {
      ended.push(what);
    };
    const write = () => Promise.reject(new Error('disk full'));
    const here = await world({
      dependencies: {
        workspaces: { open: async () => ({ dir: '/', write, read: async () => '', dispose: end('workspace') }) },
        installers: { acquire: async () => ({ path: '/', sha256: '', dispose: end('installer') }) },
        program: {
          inspect: async () => ({ version: '4.20.0', interactiveFlag: true }),
          createUnconfiguredIgnition: () => Promise.reject(new Error('must not run')),
        },
      },
    });
    expect(await outcome(here)).toEqual(internal);
    expect(ended.sort()).toEqual(['installer', 'workspace']);
  });

  it('the binary cannot be asked: 500, after the input files were written, so that none outlives the workspace', async () => {
    const order: string[] = [];
    const written = Promise.withResolvers<void>();
    const here = await world({
      dependencies: {
        workspaces: {
          open: async () => ({
            dir: '/',
            write: () => written.promise.then(() => void order.push('written')),
            read: async () => '',
            dispose: async () => void order.push('removed'),
          }),
        },
        program: {
          inspect: async () => {
            setImmediate(written.resolve);
            throw new Error('cannot be started');
          },
          createUnconfiguredIgnition: () => Promise.reject(new Error('must not run')),
        },
      },
    });
    expect(await outcome(here)).toEqual(internal);
    expect(order).toEqual(['written', 'removed']);
  });
});
