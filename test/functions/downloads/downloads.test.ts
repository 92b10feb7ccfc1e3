import { describe, expect, it } from 'vitest';
import { ignitionKey } from '#domain/artifact.ts';
import type { Cluster } from '#domain/cluster/cluster.ts';
import { failure } from '#domain/errors.ts';
import type { InfraEnv } from '#domain/infra-env/infra-env.ts';
import { downloadOperations } from '#functions/downloads/app.ts';
import { httpHandler } from '#runtime/http-handler.ts';
import { memoryLogger } from '#test/fakes/logger.ts';
import { aCluster, anInfraEnv } from '#test/fakes/records.ts';
import { httpEvent, lambdaContext } from '#test/runtime/events.ts';

interface Situation {
  readonly infraEnv?: InfraEnv | undefined;
  readonly cluster?: Cluster | undefined;
  readonly generated?: boolean;
  readonly generate?: () => Promise<'generated' | 'superseded'>;
}

const expiresAt = new Date('2026-03-01T12:15:00.000Z');

const serve = ({ generated = false, generate, ...situation }: Situation = {}) => {
  const infraEnv = 'infraEnv' in situation ? situation.infraEnv : anInfraEnv();
  const cluster = 'cluster' in situation ? situation.cluster : aCluster();
  const asked: { revision: number; timeoutMs: number }[] = [];
  const time = { now: new Date('2026-03-01T12:00:00.000Z') };
  const looks: string[] = [];
  const operations = downloadOperations({
    clock: () => time.now,
    infraEnvs: { get: async () => infraEnv } as never,
    clusters: { get: async () => cluster } as never,
    artifacts: {
      find: async (key) => {
        looks.push(key);
        return generated ? { key, size: 2, lastModified: new Date(0) } : undefined;
      },
    },
    links: { presign: async (key, name) => ({ url: `https://s3.example.org/${key}?name=${name}`, expiresAt }) },
    generate: async ({ revision }, timeoutMs) => {
      asked.push({ revision, timeoutMs });
      return (await generate?.()) ?? 'generated';
    },
  });
  const handler = httpHandler({ operations, logger: memoryLogger() });
  const get = async (file: 'files' | 'files-presigned', query: Record<string, string> = {}, userName = 'admin') => {
    const path = `/v2/infra-envs/${anInfraEnv().id}/downloads/${file}`;
    const event = httpEvent({ path, query: { file_name: 'discovery.ign', ...query }, userName });
    const { statusCode, headers, body } = await handler(event, lambdaContext(20_000));
    return { status: statusCode, headers, body: JSON.parse(body ?? '') };
  };
  return { get, asked, looks, time };
};

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
    expect(asked).toEqual([{ revision: 3, timeoutMs: 19_000 }]);
  });

  it('is looked for once a minute, however often it is asked for', async () => {
    const { get, looks, time } = serve({ generated: true });
    for (let asking = 0; asking < 3; asking += 1) expect((await get('files')).body).toEqual(link);
    expect(looks).toHaveLength(1);
    time.now = new Date(time.now.getTime() + 60_000);
    await get('files');
    expect(looks).toHaveLength(2);
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
    ['an infra-env of another type', { infraEnv: anInfraEnv({ type: 'full-iso' }) }, 501, /for disconnected-iso only/],
  ])('of %s is refused', async (_, situation, status, reason) => {
    const { get } = serve({ generated: true, ...situation });
    expect(await get('files')).toMatchObject({ status, body: { reason: expect.stringMatching(reason) } });
  });

  it("of another caller's infra-env is not found", async () => {
    const { get } = serve({ generated: true });
    expect(await get('files', {}, 'bob')).toMatchObject({ status: 404, body: { reason: 'Object Not Found' } });
  });

  it('as another image type than the infra-env has is refused, as its own it is not', async () => {
    const { get } = serve({ generated: true });
    expect((await get('files', { discovery_iso_type: 'disconnected-iso' })).status).toBe(302);
    expect((await get('files', { discovery_iso_type: 'full-iso' })).status).toBe(501);
    const other = serve({ infraEnv: anInfraEnv({ type: 'full-iso' }) });
    expect((await other.get('files', { discovery_iso_type: 'disconnected-iso' })).status).toBe(400);
  });
});
