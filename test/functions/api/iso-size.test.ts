import { describe, expect, it } from 'vitest';
import type { InfraEnv } from '#domain/infra-env/infra-env.ts';
import type { BaseIso } from '#domain/release/release.ts';
import { isoSizes } from '#functions/api/image-link.ts';
import { anInfraEnv, aRelease } from '#test/fakes/records.ts';

/** One release, asked for its base ISO. */
const sizes = () => {
  const time = { now: 0 };
  const asked: string[] = [];
  const release = { size: 45 as number | undefined, fails: false };
  const sizeOf = isoSizes(
    {
      get: async (version) => {
        asked.push(version);
        if (release.fails) throw new Error('no table');
        return aRelease(version, release.size === undefined ? {} : { baseIso: { size: release.size } as BaseIso });
      },
    },
    () => new Date(time.now),
  );
  return { sizeOf, time, asked, release };
};

const disconnected = anInfraEnv();

describe('the size of an infra-env’s ISO', () => {
  it('is that of its release’s base ISO', async () => {
    expect(await sizes().sizeOf(disconnected)).toBe(45);
  });

  const { openshiftVersion: _, ...unversioned } = disconnected;
  it.each<[string, InfraEnv]>([
    ['has another type', anInfraEnv({ type: 'full-iso' })],
    ['has no version yet', unversioned],
  ])('is not known when it %s', async (_, infraEnv) => {
    const { sizeOf, asked } = sizes();
    expect(await sizeOf(infraEnv)).toBeUndefined();
    expect(asked).toEqual([]);
  });

  it('is asked for once a minute and version', async () => {
    const { sizeOf, time, asked, release } = sizes();
    release.size = undefined;
    expect(await Promise.all([disconnected, disconnected].map(sizeOf))).toEqual([undefined, undefined]);
    await sizeOf(anInfraEnv({ openshiftVersion: '4.21.0' }));
    expect(asked).toEqual(['4.20.0', '4.21.0']);
    release.size = 58;
    time.now += 60_000;
    expect(await sizeOf(disconnected)).toBe(58);
  });

  it('is asked for again after a failure', async () => {
    const { sizeOf, release } = sizes();
    release.fails = true;
    await expect(sizeOf(disconnected)).rejects.toThrow('no table');
    release.fails = false;
    expect(await sizeOf(disconnected)).toBe(45);
  });
});
