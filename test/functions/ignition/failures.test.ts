import { describe, expect, it } from 'vitest';
import { expectClean, internal, outcome } from './outcome.ts';
import { canary, world } from './world.ts';

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
        'an operator has to add it with `npx ove release add 4.20.0`',
    );
    expect(here.events[0]?.message).toContain(message);
    await expectClean(here);
  });

  it('a pull secret that is not stored: 500', async () => {
    const here = await world({ pullSecret: undefined });
    expect(await outcome(here)).toEqual(internal);
    await expectClean(here);
  });

  it('a table that is not available: 503, which says nothing of the inside', async () => {
    const unavailable = Object.assign(new Error('inside'), { $metadata: { httpStatusCode: 503 } });
    const here = await world({ dependencies: { pullSecrets: { read: () => Promise.reject(unavailable) } } });
    expect(await outcome(here)).toMatchObject({ name: 'StorageUnavailable', status: 503 });
    expect(JSON.stringify(here.events)).not.toContain('inside');
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

describe('what else can go wrong', () => {
  it('the artifact cannot be stored: 500, and the reason stays in the log', async () => {
    const artifacts = {
      find: async () => undefined,
      writeOnce: () => Promise.reject(new Error(`bucket of ${canary}`)),
      remove: async () => undefined,
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
        workspaces: {
          open: async () => ({
            dir: '/',
            write,
            read: async () => '',
            readBytes: async () => undefined,
            dispose: end('workspace'),
          }),
        },
        installers: { acquire: async () => ({ path: '/', sha256: '', dispose: end('installer') }) },
        program: {
          inspect: async () => ({ version: '4.20.0', flags: ['--interactive'], configImage: true }),
          createConfigImage: () => Promise.reject(new Error('must not run')),
          createUnconfiguredIgnition: () => Promise.reject(new Error('must not run')),
        },
      },
    });
    expect(await outcome(here)).toEqual(internal);
    expect(ended.sort()).toEqual(['installer', 'workspace']);
  });

  it('the binary cannot be run: 500, and no input file outlives the workspace', async () => {
    const order: string[] = [];
    const here = await world({
      dependencies: {
        workspaces: {
          open: async () => ({
            dir: '/',
            write: async () => void order.push('written'),
            read: async () => '',
            readBytes: async () => undefined,
            dispose: async () => void order.push('removed'),
          }),
        },
        program: {
          inspect: () => Promise.reject(new Error('is known already')),
          createConfigImage: () => Promise.reject(new Error('must not run')),
          createUnconfiguredIgnition: () => Promise.reject(new Error('cannot be started')),
        },
      },
    });
    expect(await outcome(here)).toEqual(internal);
    expect(order).toEqual(['written', 'removed']);
  });
});
