import { describe, expect, it } from 'vitest';
import type { StoredPart } from '#domain/composition/composition-ports.ts';
import type { IsoRecord } from '#domain/composition/iso-record.ts';
import type { ServiceError } from '#domain/errors.ts';
import type { MediaRun } from '#domain/infra-env/workflow-ports.ts';
import type { BaseIso } from '#domain/release/release.ts';
import { composedIso } from '#functions/downloads/composed-iso.ts';
import { anInfraEnv, aRelease } from '#test/fakes/records.ts';
import { definitionOf } from '#test/statemachines/machines.ts';

interface Situation {
  readonly hasBaseIso?: boolean;
  readonly record?: IsoRecord;
  readonly stored?: readonly string[];
  readonly parts?: readonly StoredPart[];
  /** The runs of prepare-media, by their attempts; the first is that of the registration. */
  readonly runs?: MediaRun[];
  readonly compositionsPerHour?: number;
}

const infraEnv = anInfraEnv({ revision: 3 });
const now = new Date('2026-03-01T12:00:00.000Z');
const key = `isos/${infraEnv.id}/abc.iso`;
const base = { infraEnvId: infraEnv.id, revision: 3, expiresAt: infraEnv.expiresAt };
const minutesAgo = (minutes: number): string => new Date(now.getTime() - minutes * 60_000).toISOString();

/** After which Step Functions ends an execution. */
const longestMinutes = (definitionOf('prepare-media').TimeoutSeconds ?? 0) / 60;

const ready: IsoRecord = { ...base, state: 'ready', key };
const composing = (startedAt: string): IsoRecord => ({
  ...base,
  state: 'composing',
  key,
  uploadId: 'u1',
  baseKey: 'isos/4.20.0/base.iso',
  parts: 690,
  startedAt,
});
const failed = (failedAt: string): IsoRecord => ({
  ...base,
  state: 'failed',
  reason: 'the base ISO changed',
  failedAt,
});

const postponed = (until: string): IsoRecord => ({ ...base, state: 'postponed', until, limit: 100 });
const running: MediaRun = { isRunning: true };
const succeeded: MediaRun = { isRunning: false };
const failedRun = (minutes: number): MediaRun => ({ isRunning: false, failedAt: new Date(minutesAgo(minutes)) });

/** Asks for the ISO, as often as one likes: the link, or the failure, and what was started. */
const asking = ({
  hasBaseIso = true,
  record,
  stored = [],
  parts,
  runs = [succeeded],
  compositionsPerHour = 100,
}: Situation) => {
  const started: object[] = [];
  const time = { now };
  let latest = runs.length - 1;
  const baseIso = hasBaseIso ? { baseIso: {} as BaseIso } : {};
  const link = composedIso({
    releases: { get: async (version) => aRelease(version, baseIso) },
    isoRecords: { get: async () => record },
    isoParts: { list: async () => parts },
    artifacts: {
      find: async (asked) => (stored.includes(asked) ? { key: asked, size: 1, lastModified: now } : undefined),
    },
    links: { presign: async (...asked) => ({ url: asked.join(' '), expiresAt: now }) },
    media: {
      mediaRun: async ({ attempt = 0 }) => runs[attempt],
      // As Step Functions does: a name that was used starts nothing.
      prepareMedia: async (request) => {
        const { attempt = 0 } = request;
        if (runs[attempt] !== undefined) return;
        runs[attempt] = running;
        started.push(request);
      },
    },
    mediaAttempts: {
      latest: async () => Math.max(latest, 0),
      put: async (_, attempt) => {
        latest = attempt;
      },
    },
    compositionsPerHour,
    clock: () => time.now,
  });
  const ask = (method: 'GET' | 'HEAD' = 'GET') =>
    link(infraEnv, method).then(
      ({ url }) => ({ url }),
      ({ name, message, status, retryable, retryAfterSeconds }: ServiceError) => ({
        name,
        message,
        status,
        retryable,
        ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
      }),
    );
  return { ask, started, runs, time };
};

const ask = async (situation: Situation, method: 'GET' | 'HEAD' = 'GET') => {
  const { ask, started } = asking(situation);
  return { ...(await ask(method)), started };
};

const start = { infraEnvId: infraEnv.id, revision: 3, attempt: 1 };

describe('the ISO of an infra-env', () => {
  it.each(['GET', 'HEAD'] as const)(
    'that is there is linked to, by the name that people expect: %s',
    async (method) => {
      const { url } = (await ask({ record: ready, stored: [key] }, method)) as { url: string };
      expect(url).toBe(`${key} agent-ove.x86_64.iso ${method}`);
    },
  );

  it('is refused, with what to do, while its release has no base ISO', async () => {
    expect(await ask({ hasBaseIso: false, record: ready, stored: [key] })).toMatchObject({
      name: 'BaseIsoMissing',
      status: 409,
      message: expect.stringContaining('npx ove release add-iso 4.20.0'),
      started: [],
    });
  });

  it('that is being composed is answered with how far it is', async () => {
    const parts = [1, 2, 3].map((number) => ({ number, size: 1, etag: '' }));
    expect(await ask({ record: composing(minutesAgo(longestMinutes - 1)), parts })).toEqual({
      name: 'IsoPending',
      status: 503,
      retryable: true,
      message: 'the ISO is being composed, 3 of 690 parts are there: ask again in a few seconds',
      started: [],
    });
  });

  it('whose upload was completed a moment ago is linked to', async () => {
    const { url } = (await ask({ record: composing(minutesAgo(1)), stored: [key] })) as { url: string };
    expect(url).toBe(`${key} agent-ove.x86_64.iso GET`);
  });

  it.each([
    ['never was composed', {}],
    ['was composed for an earlier revision', { record: { ...ready, revision: 2 }, stored: [key] }],
    ['has expired', { record: ready }],
    ['was given up by an execution that could not say so', { record: composing(minutesAgo(1)) }],
    ['was left by an execution that died', { record: composing(minutesAgo(longestMinutes)), parts: [] }],
    ['was postponed to an hour that has begun', { record: postponed(minutesAgo(0)) }],
    ['was postponed by a smaller quota', { record: postponed(minutesAgo(-17)), compositionsPerHour: 101 }],
    ['was postponed while there was a quota', { record: postponed(minutesAgo(-17)), compositionsPerHour: 0 }],
    ['failed a while ago', { record: failed(minutesAgo(2)) }],
  ])('that %s is composed now', async (_, situation) => {
    expect(await ask(situation)).toMatchObject({ name: 'IsoPending', status: 503, started: [start] });
  });

  it('is not composed twice while the workflow of its registration runs', async () => {
    expect(await ask({ runs: [running] })).toMatchObject({ name: 'IsoPending', started: [] });
  });

  it('is composed by the attempt of its registration, if that was never started', async () => {
    expect(await ask({ runs: [] })).toMatchObject({ name: 'IsoPending', started: [{ ...start, attempt: 0 }] });
  });

  it.each([0, 999, 1_000, 61_000, longestMinutes * 60_000 - 1])(
    'is not composed twice by requests that are %d ms apart around the turn of a minute',
    async (apart) => {
      const { ask, started, time } = asking({ record: ready });
      time.now = new Date(now.getTime() - 1);
      const first = ask();
      if (apart > 0) await first;
      time.now = new Date(now.getTime() - 1 + apart);
      expect(await Promise.all([first, ask()])).toMatchObject([{ name: 'IsoPending' }, { name: 'IsoPending' }]);
      expect(started).toEqual([start]);
    },
  );

  it('is composed again when the attempt before has ended', async () => {
    const { ask, started, runs } = asking({ record: ready });
    await ask();
    runs[1] = succeeded;
    await ask();
    expect(started).toEqual([start, { ...start, attempt: 2 }]);
  });

  it.each([
    ['not at once', 0.9, []],
    ['after a minute', 1, [start]],
  ])('is tried again when an attempt has failed without a word: %s', async (_, minutes, expected) => {
    expect(await ask({ runs: [failedRun(minutes)] })).toMatchObject({ name: 'IsoPending', started: expected });
  });

  it.each([100, 99])('that was postponed is refused until its hour, which the answer says twice', async (quota) => {
    expect(await ask({ record: postponed(minutesAgo(-17)), compositionsPerHour: quota })).toEqual({
      name: 'CompositionPostponed',
      status: 429,
      retryable: true,
      retryAfterSeconds: 17 * 60,
      message:
        '100 ISOs have been composed for you in this hour, and nobody gets more in one: ask again after ' +
        '2026-03-01T12:17:00.000Z, or ask an operator for a larger quota',
      started: [],
    });
  });

  it('that has just failed is answered with the reason', async () => {
    expect(await ask({ record: failed(minutesAgo(0.5)) })).toMatchObject({
      name: 'IsoFailed',
      message: 'the ISO could not be composed: the base ISO changed',
      started: [],
    });
  });
});
