import { describe, expect, it } from 'vitest';
import { failure } from '#domain/errors.ts';
import { artifactKey, ignitionKey } from '#domain/infra-env/artifact.ts';
import { imageTypes } from '#domain/infra-env/image-type.ts';
import type { InfraEnv } from '#domain/infra-env/infra-env.ts';
import { aCluster, anInfraEnv } from '#test/fakes/records.ts';
import { expiresAt, serve } from './served.ts';

const url = `https://s3.example.org/${ignitionKey(anInfraEnv())}?name=discovery.ign`;
const link = { url, expires_at: expiresAt.toISOString() };

describe('discovery.ign', () => {
  it('that is there is presigned, not generated', async () => {
    const { get, asked } = serve({ generated: true });
    expect(await get('files')).toMatchObject({
      status: 302,
      headers: { location: url, 'cache-control': 'no-store' },
      body: link,
    });
    expect(await get('files-presigned')).toMatchObject({ status: 200, body: link });
    expect(asked).toEqual([]);
  });

  it('that is not there yet is generated first, in the time that is left', async () => {
    const { get, asked } = serve({ infraEnv: anInfraEnv({ revision: 3 }) });
    expect((await get('files')).status).toBe(302);
    expect(asked).toEqual([{ revision: 3, file: 'discovery.ign', timeoutMs: 19_000 }]);
  });

  it('is looked for once a minute, however often it is asked for', async () => {
    const { get, looks, time } = serve({ generated: true });
    for (let asking = 0; asking < 3; asking += 1) expect((await get('files')).body).toEqual(link);
    expect(looks).toHaveLength(1);
    time.now = new Date(time.now.getTime() + 60_000);
    await get('files');
    expect(looks).toHaveLength(2);
  });

  it('is generated again at once when its life in the bucket has ended since the last request', async () => {
    const { get, asked, time, stored } = serve({ generated: true, writtenAt: new Date('2026-02-22T12:00:00.000Z') });
    time.now = new Date('2026-03-01T23:59:59.000Z');
    expect((await get('files')).status).toBe(302);
    time.now = new Date('2026-03-02T00:00:01.000Z');
    stored.isThere = false;
    expect((await get('files')).status).toBe(302);
    expect(asked).toHaveLength(1);
  });

  it('of a revision that was superseded meanwhile is asked for again', async () => {
    const outcomes: ('generated' | 'superseded')[] = ['superseded', 'generated'];
    const { get, asked } = serve({ generate: async () => outcomes.shift() ?? 'generated' });
    expect((await get('files')).status).toBe(302);
    expect(asked).toHaveLength(2);
  });

  it.each([
    ['the installer is missing', failure('InstallerMissing', { version: '4.20.0', architecture: 'x86_64' }), 409],
    ['the installer refuses', failure('InstallerRefused', { reason: 'pull_secret' }), 400],
    ['the installer hangs', failure('InstallerTimeout', { seconds: 60 }), 504],
    ['it takes longer than an answer may', failure('GenerationPending'), 504],
    ['anything else happens', new Error('inside'), 500],
  ])('is refused when %s', async (_, error, status) => {
    const { get } = serve({ generate: () => Promise.reject(error) });
    const answer = await get('files');
    expect(answer).toMatchObject({ status, body: { kind: 'Error', id: status } });
    expect(answer.body.reason).not.toContain('inside');
  });

  const unbound = (): InfraEnv => {
    const { clusterId: _, ...infraEnv } = anInfraEnv();
    return infraEnv;
  };

  it.each([
    ['an unknown infra-env', { infraEnv: undefined }, 404, /^record not found$/],
    ['an infra-env bound to no cluster', { infraEnv: unbound() }, 400, /^cluster_id is required .* version/],
    ['a cluster that is gone', { cluster: undefined }, 409, /is gone/],
    ['a deleted cluster', { cluster: aCluster({ deletedAt: '2026-01-02T00:00:00.000Z' }) }, 409, /is gone/],
  ])('of %s is refused', async (_, situation, status, reason) => {
    const { get } = serve({ generated: true, ...situation });
    expect(await get('files')).toMatchObject({ status, body: { reason: expect.stringMatching(reason) } });
  });

  it("of another caller's infra-env is not found", async () => {
    const { get } = serve({ generated: true });
    expect(await get('files', {}, 'bob')).toMatchObject({ status: 404, body: { reason: 'Object Not Found' } });
  });

  it.each([
    ['disconnected-iso', undefined, 'discovery.ign'],
    ['disconnected-iso', 'disconnected-iso', 'discovery.ign'],
    ['full-iso', undefined, 'full-iso.ign'],
    ['full-iso', 'minimal-iso', 'minimal-iso.ign'],
    ['minimal-iso', undefined, 'minimal-iso.ign'],
    ['minimal-iso', 'full-iso', 'full-iso.ign'],
  ] as const)('of an infra-env of type %s for an ISO of type %s is %s', async (type, isoType, file) => {
    const infraEnv = anInfraEnv({ type });
    const query = isoType === undefined ? {} : { discovery_iso_type: isoType };
    for (const route of ['files', 'files-presigned'] as const) {
      const { get, asked } = serve({ infraEnv });
      const key = artifactKey(infraEnv, file);
      expect((await get(route, query)).body.url).toBe(`https://s3.example.org/${key}?name=discovery.ign`);
      expect(asked).toMatchObject([{ file }]);
    }
  });

  it.each([
    ['disconnected-iso', 'full-iso'],
    ['disconnected-iso', 'minimal-iso'],
    ['full-iso', 'disconnected-iso'],
    ['minimal-iso', 'disconnected-iso'],
  ] as const)('of an infra-env of type %s for an ISO of type %s is refused', async (type, isoType) => {
    const { get } = serve({ infraEnv: anInfraEnv({ type }), generated: true });
    expect(await get('files', { discovery_iso_type: isoType })).toMatchObject({
      status: 400,
      body: { reason: `discovery_iso_type ${isoType} is not for an infra-env of type ${type}` },
    });
  });

  it.each(['full-iso', 'minimal-iso'] as const)('of a %s bound to no cluster is there too', async (type) => {
    const { get } = serve({ infraEnv: { ...unbound(), type }, cluster: undefined, generated: true });
    expect((await get('files')).status).toBe(302);
  });
});

describe('the static network', () => {
  it.each(imageTypes)('of a %s is an archive that is named after the infra-env', async (type) => {
    const infraEnv = anInfraEnv({ type });
    const { get, asked } = serve({ infraEnv });
    const { status, body } = await get('files', { file_name: 'static-network-config' });
    expect([status, body.url]).toEqual([
      302,
      `https://s3.example.org/${artifactKey(infraEnv, 'static-network-config.tar')}?name=${infraEnv.id}-static-network-config.tar`,
    ]);
    expect(asked).toMatchObject([{ file: 'static-network-config.tar' }]);
  });

  it('is not presigned, nor is a script for iPXE offered', async () => {
    const { get } = serve({ generated: true });
    const refused = (route: 'files' | 'files-presigned', file_name: string) => get(route, { file_name });
    expect(await refused('files-presigned', 'static-network-config')).toMatchObject({
      status: 400,
      body: { message: 'file_name in query should be one of [discovery.ign ignition.img config.iso]' },
    });
    expect(await refused('files', 'ipxe-script')).toMatchObject({
      status: 400,
      body: {
        message: 'file_name in query should be one of [discovery.ign static-network-config ignition.img config.iso]',
      },
    });
  });
});

describe('the content of the embed area, for an ISO that somebody has already', () => {
  const file_name = 'ignition.img';

  it.each(['files', 'files-presigned'] as const)('is linked to, with the place where it goes: %s', async (route) => {
    const { headers, body } = await serve({ generated: true, embedAreaAt: 5_000_000_000 }).get(route, { file_name });
    expect(body.offset).toBe(5_000_000_000);
    expect(headers?.['x-image-offset']).toBe('5000000000');
    expect(body.url).toContain(artifactKey(anInfraEnv(), file_name));
  });

  it('is asked of the ignition function when it is not there yet', async () => {
    const { get, asked } = serve({ embedAreaAt: 1 });
    await get('files', { file_name });
    expect(asked).toMatchObject([{ file: file_name }]);
  });

  it('is refused while the release has no base ISO', async () => {
    expect(await serve({ generated: true }).get('files', { file_name })).toMatchObject({
      status: 409,
      body: { reason: expect.stringContaining('has no base ISO') },
    });
  });

  it('is not there for another image type', async () => {
    const infraEnv = anInfraEnv({ type: 'full-iso' });
    expect(await serve({ infraEnv, embedAreaAt: 1 }).get('files', { file_name })).toMatchObject({
      status: 400,
      body: { reason: 'an infra-env of type full-iso has no ignition.img' },
    });
  });
});

describe('the configuration medium', () => {
  const file_name = 'config.iso';
  const settings = { installation: 'unattended' as const, site_settings: 'separate' as const };

  it('is presigned where the ISO waits for it', async () => {
    const infraEnv = anInfraEnv({ settings });
    const { status, headers } = await serve({ infraEnv, generated: true }).get('files', { file_name });
    expect({ status, location: headers?.location }).toEqual({
      status: 302,
      location: expect.stringContaining('/config.iso'),
    });
  });

  it.each([{}, { installation: 'unattended' as const }, { site_settings: 'separate' as const }])(
    'is refused where the settings are in the ISO: %j',
    async (others) => {
      const infraEnv = anInfraEnv({ settings: others });
      expect(await serve({ infraEnv, generated: true }).get('files', { file_name })).toMatchObject({
        status: 400,
        body: { reason: expect.stringMatching(/config\.iso is for site_settings separate$/) },
      });
    },
  );
});

describe('the initramfs of a minimal ISO', () => {
  const proxy = { proxy: { http_proxy: 'http://proxy.example:3128' } };

  it('is presigned when the infra-env has a static network or a proxy', async () => {
    const infraEnv = anInfraEnv({ type: 'minimal-iso', settings: proxy });
    const { getInitrd, asked } = serve({ infraEnv });
    const location = `https://s3.example.org/${artifactKey(infraEnv, 'minimal-initrd.img')}?name=minimal-initrd.img`;
    expect(await getInitrd()).toMatchObject({ status: 302, headers: { location }, body: { url: location } });
    expect(asked).toMatchObject([{ file: 'minimal-initrd.img' }]);
  });

  it('is nothing, without an answer to read, when it has neither', async () => {
    const { getInitrd, asked, looks } = serve({ infraEnv: anInfraEnv({ type: 'minimal-iso' }) });
    expect(await getInitrd()).toMatchObject({ status: 204, body: undefined });
    expect([asked, looks]).toEqual([[], []]);
  });

  it("of another caller's infra-env is not found", async () => {
    expect(await serve().getInitrd('bob')).toMatchObject({ status: 404, body: { reason: 'Object Not Found' } });
  });

  it('of an infra-env whose cluster is gone is refused', async () => {
    const { getInitrd } = serve({ infraEnv: anInfraEnv({ settings: proxy }), cluster: undefined });
    expect(await getInitrd()).toMatchObject({ status: 409 });
  });
});
