import { describe, expect, it } from 'vitest';
import type { Release } from '#domain/release/release.ts';
import { profileOfGeneration } from '#test/fakes/installer-profile.ts';
import { newInfraEnv, registerCluster, world } from './world.ts';

const { serve, dependencies } = await world();

/** The API, where no release's binary carries these settings. */
const serveLacking = (...lacks: string[]) => {
  const { all, ofVersion, get } = dependencies.releases;
  const withLacks = async (release: Release): Promise<Release> => {
    const profile = { ...(await profileOfGeneration('G3')), lacks };
    return { ...release, installer: { ...release.installer, profile } };
  };
  return serve({
    releases: {
      ...dependencies.releases,
      all: async () => Promise.all((await all()).map(withLacks)),
      ofVersion: async (version) => Promise.all((await ofVersion(version)).map(withLacks)),
      get: async (version, hosts) => {
        const release = await get(version, hosts);
        return release && withLacks(release);
      },
    },
  });
};

const proxy = { proxy: { no_proxy: 'registry.example' } };

describe('a setting that the release does not carry', () => {
  const refused = {
    status: 400,
    body: { reason: expect.stringMatching(/^proxy: the openshift-install of release 4\.20\.3 does not carry it/) },
  };

  it('is refused with both names, when it is registered and when it is changed', async () => {
    const call = serveLacking('proxy');
    const clusterId = await registerCluster(call);
    expect(await call('POST', '/v2/infra-envs', newInfraEnv(clusterId, proxy))).toMatchObject(refused);
    const full = newInfraEnv(clusterId, { image_type: 'full-iso' });
    const { id } = (await call('POST', '/v2/infra-envs', full)).body;
    expect((await call('PATCH', `/v2/infra-envs/${id}`, { image_type: 'disconnected-iso' })).status).toBe(201);
    expect(await call('PATCH', `/v2/infra-envs/${id}`, proxy)).toMatchObject(refused);
    expect((await call('GET', `/v2/infra-envs/${id}`)).body.proxy).toEqual({});
  });

  it('is taken for other types of ISO, which no binary of the release makes, and so are other settings', async () => {
    const call = serveLacking('proxy');
    const clusterId = await registerCluster(call);
    const full = newInfraEnv(clusterId, { ...proxy, image_type: 'full-iso' });
    const { id, proxy: shown } = (await call('POST', '/v2/infra-envs', full)).body;
    expect(shown).toEqual(proxy.proxy);
    expect((await call('PATCH', `/v2/infra-envs/${id}`, { additional_ntp_sources: 'time.example' })).status).toBe(201);
  });
});
