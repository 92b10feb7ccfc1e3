import { describe, expect, it } from 'vitest';
import type { IsoLayout } from '#domain/iso/iso-layout.ts';
import type { BaseIso, Release } from '#domain/release/release.ts';
import { newInfraEnv, registerCluster, world } from './world.ts';

const { serve, dependencies } = await world();

const room: NonNullable<IsoLayout['kernelArguments']> = {
  default: 'quiet',
  present: 'quiet',
  size: 40,
  areas: [{ path: 'EFI/redhat/grub.cfg', offset: 1, end: '\n', pad: '#' }],
};

/** The API, where all releases have a base ISO with that room. */
const serveWith = (kernelArguments: IsoLayout['kernelArguments']) => {
  const layout = { volumeId: 'rhcos-9.6', ...(kernelArguments === undefined ? {} : { kernelArguments }) };
  const { all, ofVersion, get } = dependencies.releases;
  const withIso = (release: Release): Release => ({ ...release, baseIso: { layout } as BaseIso });
  return serve({
    releases: {
      ...dependencies.releases,
      all: async () => (await all()).map(withIso),
      ofVersion: async (version) => (await ofVersion(version)).map(withIso),
      get: async (version, hosts) => {
        const release = await get(version, hosts);
        return release && withIso(release);
      },
    },
  });
};

const appending = (value: string) => ({ kernel_arguments: [{ operation: 'append', value }] });
const [short, long] = [appending('console=ttyS0'), appending(`x=${'y'.repeat(40)}`)];
const tooLong = { status: 400, body: { reason: expect.stringMatching(/kernel arguments/i) } };

describe('kernel arguments', () => {
  it('that the base ISO has no room for are refused at once, when they are registered and when they are changed', async () => {
    const call = serveWith(room);
    const clusterId = await registerCluster(call);
    expect(await call('POST', '/v2/infra-envs', newInfraEnv(clusterId, long))).toMatchObject(tooLong);
    // Registered with another type: only the workflow, which is not here, completes the registration of a disconnected one.
    const full = newInfraEnv(clusterId, { ...short, image_type: 'full-iso' });
    const { id } = (await call('POST', '/v2/infra-envs', full)).body;
    expect((await call('PATCH', `/v2/infra-envs/${id}`, { image_type: 'disconnected-iso' })).status).toBe(201);
    expect(await call('PATCH', `/v2/infra-envs/${id}`, long)).toMatchObject(tooLong);
    expect((await call('GET', `/v2/infra-envs/${id}`)).body.kernel_arguments).toBe(
      JSON.stringify(short.kernel_arguments),
    );
  });

  it('that the base ISO cannot take at all are refused', async () => {
    const call = serveWith(undefined);
    const clusterId = await registerCluster(call);
    expect(await call('POST', '/v2/infra-envs', newInfraEnv(clusterId, short))).toMatchObject({
      status: 400,
      body: { reason: expect.stringContaining('rhcos-9.6') },
    });
  });

  it('are taken as they are while there is no base ISO, and for other image types', async () => {
    const call = serve();
    const clusterId = await registerCluster(call);
    expect((await call('POST', '/v2/infra-envs', newInfraEnv(clusterId, long))).status).toBe(201);
    const full = newInfraEnv(clusterId, { ...long, image_type: 'full-iso' });
    expect((await serveWith(room)('POST', '/v2/infra-envs', full)).status).toBe(201);
  });
});
