import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { BaseIso } from '#domain/release/release.ts';
import { type World, world } from './world.ts';

const length = 262_144;

/** A base ISO, of which nothing but its embed area counts here. */
const addBaseIso = ({ state, infraEnv }: World): void => {
  const version = infraEnv.openshiftVersion ?? '';
  const release = state.releases.get(version) ?? expect.fail(`no release ${version}`);
  const layout = { volumeId: 'rhcos-9.6', volumeSize: 1, ignition: { offset: 1, length } };
  state.releases.set(version, { ...release, baseIso: { layout } as BaseIso });
};

const stored = ({ artifacts, infraEnv }: World, file: string): Buffer =>
  artifacts.get(`infra-envs/${infraEnv.id}/1/${file}`) ?? Buffer.alloc(0);

describe('ignition.img', () => {
  it('is the whole embed area with the very ignition that discovery.ign is', async () => {
    const here = await world();
    addBaseIso(here);
    await here.make('ignition.img');
    await here.make('discovery.ign');
    const area = stored(here, 'ignition.img');
    const ignition = stored(here, 'discovery.ign');
    expect(area).toHaveLength(length);
    expect(ignition.length).toBeGreaterThan(0);
    expect(gunzipSync(area).includes(ignition)).toBe(true);
  });

  it('is told in no event: discovery.ign is', async () => {
    const here = await world();
    addBaseIso(here);
    await here.make('ignition.img');
    expect(here.events).toEqual([]);
  });

  it('cannot be had while the release has no base ISO', async () => {
    await expect((await world()).make('ignition.img')).rejects.toMatchObject({ name: 'BaseIsoMissing' });
  });

  it('is not there for another image type', async () => {
    const here = await world({ infraEnv: { type: 'minimal-iso' } });
    await expect(here.make('ignition.img')).rejects.toMatchObject({ name: 'InvalidInput' });
  });

  it('cannot be had while its pull secret is missing', async () => {
    const here = await world({ pullSecret: undefined });
    addBaseIso(here);
    await expect(here.make('ignition.img')).rejects.toMatchObject({ name: 'InternalError' });
  });
});
