import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { InfraEnv } from '#domain/infra-env/infra-env.ts';
import { watchS3 } from '#test/fakes/s3-calls.ts';
import { baseBytes, composed, ignition, layout, planned, storeBase, worldOn } from './world.ts';

const stored = await storeBase();
const isoWorld = (settings?: InfraEnv['settings']) => worldOn(stored, settings);

const area = (iso: Buffer): Buffer =>
  iso.subarray(layout.ignition.offset, layout.ignition.offset + layout.ignition.length);

const withoutAreas = (iso: Buffer): Buffer => {
  const copy = Buffer.from(iso);
  area(copy).fill(0);
  const { areas = [], size = 0 } = layout.kernelArguments ?? {};
  for (const { offset } of areas) copy.fill(0, offset, offset + size);
  return copy;
};

const kernelArguments = [{ operation: 'append', value: 'console=ttyS0' }] as const;

describe('the steps of a composition, taken one after the other', () => {
  it('make the base ISO with the ignition and the kernel arguments in their areas, and nothing else', async () => {
    const world = await isoWorld({ kernel_arguments: [...kernelArguments] });
    const { plan, answer } = await composed(world);
    const iso = await world.read(plan.key);
    expect(answer).toEqual({ superseded: false });
    expect(gunzipSync(area(iso)).includes(ignition)).toBe(true);
    expect(iso.toString('latin1', 3 * 1024 ** 2, 3 * 1024 ** 2 + 21)).toBe('quiet console=ttyS0\n#');
    expect(withoutAreas(iso).equals(withoutAreas(baseBytes))).toBe(true);
  });

  it('carry the checksums of their parts to S3, which compares them once more', async () => {
    const world = await isoWorld();
    const { plan } = await composed(world);
    expect(await world.checksumOf(plan.key)).toMatch(/^[\w+/]{6}==-\d+$/);
  });

  it('record how far they are, and tell the end in an event', async () => {
    const world = await isoWorld();
    const { plan, uploadId } = await composed(world);
    const { id: infraEnvId, expiresAt } = world.infraEnv;
    const base = { infraEnvId, revision: 1, expiresAt };
    const startedAt = '2026-02-01T00:00:00.000Z';
    expect(world.records).toEqual([
      {
        ...base,
        state: 'composing',
        key: plan.key,
        uploadId,
        baseKey: plan.base_key,
        parts: plan.copies.length + 1,
        startedAt,
      },
      { ...base, state: 'ready', key: plan.key },
    ]);
    expect(world.events.map(({ message }) => message)).toEqual([
      'Composed the ISO of revision 1 from the base ISO of 4.20.0',
    ]);
  });

  it('are not begun while the owner has no quota left, which the record and an event say', async () => {
    const world = await isoWorld();
    const postponement = { until: '2026-02-01T01:00:00.000Z', limit: 100 };
    world.state.postponement = postponement;
    expect(await world.plan()).toEqual({ compose: false });
    const { id: infraEnvId, expiresAt } = world.infraEnv;
    expect(world.records).toEqual([{ infraEnvId, revision: 1, expiresAt, state: 'postponed', ...postponement }]);
    expect(world.events.map(({ severity, message }) => [severity, message])).toEqual([
      [
        'warning',
        'The ISO of revision 1 is not composed yet: 100 ISOs have been composed for you in this hour, and nobody gets more in ' +
          'one: ask again after 2026-02-01T01:00:00.000Z, or ask an operator for a larger quota',
      ],
    ]);
    delete world.state.postponement;
    expect(await world.plan()).toMatchObject({ compose: true });
  });

  it('take nothing of a quota where the ISO is there already', async () => {
    const world = await isoWorld();
    await composed(world);
    world.state.postponement = { until: '2026-02-01T01:00:00.000Z', limit: 100 };
    expect(await world.plan()).toEqual({ compose: false });
    expect(world.records.at(-1)).toMatchObject({ state: 'ready' });
  });

  it('remove the ISOs of earlier revisions', async () => {
    const world = await isoWorld();
    await world.putIso(`isos/${world.infraEnv.id}/earlier.iso`);
    await world.putIso('isos/another-infra-env/its.iso');
    const { plan } = await composed(world);
    expect(await world.isos()).toEqual([plan.key, 'isos/another-infra-env/its.iso']);
  });

  it('let the function upload no more than the surroundings of the patches', async () => {
    const world = await isoWorld();
    const plan = await planned(world);
    const uploadId = await world.create(plan.key);
    await world.run({ step: 'upload', ...world.upload(uploadId) });
    expect(await world.partsOf(plan.key, uploadId)).toEqual([{ number: 2, size: 5 * 1024 ** 2 }]);
  });
});

describe('an ISO that was composed before', () => {
  it('serves another revision with the same ignition and kernel arguments', async () => {
    const world = await isoWorld();
    const { plan } = await composed(world);
    const next = { ...world.infraEnv, revision: 2 };
    await world.store(next);
    expect(await world.plan(next)).toEqual({ compose: false });
    expect(world.records.at(-1)).toMatchObject({ state: 'ready', key: plan.key, revision: 2 });
  });

  it('is not the one of other kernel arguments', async () => {
    const world = await isoWorld();
    const { plan } = await composed(world);
    const next = { ...world.infraEnv, revision: 2, settings: { kernel_arguments: [...kernelArguments] } };
    await world.store(next);
    expect(await world.plan(next)).toMatchObject({ compose: true, key: expect.not.stringContaining(plan.key) });
  });

  it('is found when the last step is repeated', async () => {
    const world = await isoWorld();
    const { complete } = await composed(world);
    expect(await complete()).toEqual({ superseded: false });
  });
});

describe('nothing is composed', () => {
  it('for a release without a base ISO', async () => {
    const world = await isoWorld();
    const { baseIso: _, ...release } = world.releases.get('4.20.0') ?? expect.fail();
    world.releases.set('4.20.0', release);
    expect(await world.plan()).toEqual({ compose: false });
  });

  it('for another image type', async () => {
    const world = await isoWorld();
    await world.store({ ...world.infraEnv, type: 'full-iso' });
    expect(await world.plan()).toEqual({ compose: false });
  });

  it.each(['upload', 'complete'] as const)('by %s, once the infra-env was changed or deleted', async (step) => {
    const world = await isoWorld();
    const uploadId = await world.create('isos/x.iso');
    const request = { step, ...world.upload(uploadId) };
    await world.store({ ...world.infraEnv, revision: 2 });
    expect(await world.run(request)).toEqual({ superseded: true });
    world.infraEnvs.clear();
    expect(await world.run(request)).toEqual({ superseded: true });
    expect(world.records).toEqual([]);
  });
});

describe('a composition is not completed', () => {
  it('with a part missing, or of another size', async () => {
    const world = await isoWorld();
    const plan = await planned(world);
    const uploadId = await world.create(plan.key);
    const subject = world.upload(uploadId);
    await world.run({ step: 'upload', ...subject });
    await expect(world.run({ step: 'complete', ...subject })).rejects.toThrow('the parts of the upload are not those');
    await world.copy(plan, uploadId);
    await world.overwritePart(plan.key, uploadId, 1);
    await expect(world.run({ step: 'complete', ...subject })).rejects.toThrow('the parts of the upload are not those');
    expect(await world.isos()).toEqual([]);
  });

  it('when its upload is gone', async () => {
    const world = await isoWorld();
    const request = { step: 'complete', ...world.upload('gone') } as const;
    await expect(world.run(request)).rejects.toThrow('the upload is gone');
  });
});

describe('while its parts are joined, which takes S3 a while,', () => {
  /** What happens in the meantime, once. */
  const meanwhile = (event: () => Promise<unknown> | unknown) => {
    const events = [event].values();
    watchS3().before('CompleteMultipartUploadCommand', () => events.next().value?.());
  };

  it('an ISO may be joined by a call whose answer is lost', async () => {
    const world = await isoWorld();
    meanwhile(() => world.completeUploads());
    const { plan, answer } = await composed(world);
    expect(answer).toEqual({ superseded: false });
    expect(await world.isos()).toEqual([plan.key]);
  });

  it('an upload may be given up: there is no ISO then', async () => {
    const world = await isoWorld();
    meanwhile(() => world.abortUploads());
    await expect(composed(world)).rejects.toThrow('the upload is gone');
  });

  it('an infra-env may be deleted: its ISO goes', async () => {
    const world = await isoWorld();
    meanwhile(() => world.infraEnvs.clear());
    expect((await composed(world)).answer).toEqual({ superseded: true });
    expect(await world.isos()).toEqual([]);
  });

  it('an infra-env may be changed: the ISO of the change is left alone', async () => {
    const world = await isoWorld();
    const later = `isos/${world.infraEnv.id}/later.iso`;
    meanwhile(async () => {
      await world.store({ ...world.infraEnv, revision: 2 });
      await world.putIso(later);
    });
    expect((await composed(world)).answer).toEqual({ superseded: true });
    expect(await world.isos()).toContain(later);
    expect(world.records.map(({ state }) => state)).toEqual(['composing']);
  });
});

describe('an event that cannot be written', () => {
  it('leaves a composed ISO ready', async () => {
    const world = await isoWorld();
    world.state.eventsFail = true;
    const { plan, answer } = await composed(world);
    expect(answer).toEqual({ superseded: false });
    expect(world.records.at(-1)).toMatchObject({ state: 'ready', key: plan.key });
  });

  it('leaves a failure told by its own name', async () => {
    const world = await isoWorld();
    world.state.eventsFail = true;
    const caught = { error: 'IgnitionTooLarge', cause: '{"errorMessage":"it is too large"}' };
    const told = await world.run({ step: 'fail', ...world.subject(), ...caught });
    expect(told).toEqual({ error: 'IgnitionTooLarge', cause: 'it is too large' });
    expect(world.records.at(-1)).toMatchObject({ state: 'failed', reason: 'it is too large' });
  });
});

describe('a base ISO that was replaced', () => {
  it('is noticed before anything is uploaded', async () => {
    const world = await isoWorld();
    await world.replaceBase();
    await expect(world.plan()).rejects.toMatchObject({ name: 'BaseIsoChanged' });
  });

  it('after the plan makes the upload of the patched parts fail', async () => {
    const world = await isoWorld();
    const plan = await planned(world);
    const uploadId = await world.create(plan.key);
    await world.replaceBase();
    const request = { step: 'upload', ...world.upload(uploadId) } as const;
    await expect(world.run(request)).rejects.toMatchObject({ name: 'PreconditionFailed' });
  });

  it.each(['upload', 'complete'] as const)(
    'by the operator is noticed by %s: its upload is of another ISO',
    async (step) => {
      const world = await isoWorld();
      const { key } = await planned(world);
      const request = { step, ...world.upload(await world.create(key)) };
      await world.addBase();
      await expect(world.run(request)).rejects.toMatchObject({ name: 'BaseIsoChanged' });
    },
  );

  const caught = { error: 'S3.S3Exception', cause: 'At least one of the pre-conditions did not hold' };

  it.each([caught, { error: 'InternalError', cause: '{"errorMessage":"Internal server error"}' }])(
    'is the reason given for whatever S3 refused to Step Functions or to the function ($error)',
    async (refused) => {
      const world = await isoWorld();
      await world.replaceBase();
      const told = await world.run({ step: 'fail', ...world.subject(), ...refused });
      expect(told).toMatchObject({ error: 'BaseIsoChanged', cause: expect.stringContaining('4.20.0') });
    },
  );

  it('by the operator while its parts were copied is that reason too', async () => {
    const world = await isoWorld();
    const { key } = await planned(world);
    await world.run({ step: 'upload', ...world.upload(await world.create(key)) });
    await world.addBase();
    expect(await world.run({ step: 'fail', ...world.subject(), ...caught })).toMatchObject({ error: 'BaseIsoChanged' });
  });

  it('before this revision was composed is not', async () => {
    const world = await isoWorld();
    const { key } = await planned(world);
    await world.run({ step: 'upload', ...world.upload(await world.create(key)) });
    await world.addBase();
    const next = { ...world.infraEnv, revision: 2 };
    await world.store(next);
    expect(await world.run({ step: 'fail', ...world.subject(next), ...caught })).toMatchObject({
      error: 'InternalError',
    });
  });
});

describe('a failure', () => {
  const reason = (errorMessage: string) => JSON.stringify({ errorType: 'IgnitionTooLarge', errorMessage });

  it('is marked and told in an event, by the name that the function gave it', async () => {
    const world = await isoWorld();
    const caught = { error: 'IgnitionTooLarge', cause: reason('it is too large') };
    const told = await world.run({ step: 'fail', ...world.subject(), ...caught });
    expect(told).toEqual({ error: 'IgnitionTooLarge', cause: 'it is too large' });
    expect(world.records).toMatchObject([{ state: 'failed', revision: 1, reason: 'it is too large' }]);
    expect(world.events.map(({ message }) => message)).toEqual([
      'Failed to compose the ISO of revision 1. Error: it is too large',
    ]);
  });

  it.each(['States.Timeout', 'S3.S3Exception', 'Runtime.ExitError', 'IgnitionTooLarge'])(
    'that nothing explains (%s) is an internal error, whatever its cause says',
    async (error) => {
      const world = await isoWorld();
      const told = await world.run({ step: 'fail', ...world.subject(), error, cause: 'no JSON, or a secret' });
      expect(told).toEqual({ error: 'InternalError', cause: 'Internal server error' });
    },
  );

  it('of a revision that is no longer current is nobody’s', async () => {
    const world = await isoWorld();
    await world.store({ ...world.infraEnv, revision: 2 });
    await world.run({ step: 'fail', ...world.subject(), error: 'States.Timeout', cause: '' });
    expect(world.records).toEqual([]);
    expect(world.events).toEqual([]);
  });
});
