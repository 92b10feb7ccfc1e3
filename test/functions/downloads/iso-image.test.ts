import { describe, expect, it } from 'vitest';
import { downloadRoutes } from '#contract/routes/download-routes.ts';
import type { Cluster } from '#domain/cluster/cluster.ts';
import type { InfraEnv } from '#domain/infra-env/infra-env.ts';
import { isoImageOperations } from '#functions/downloads/iso-image.ts';
import { admitByGateway } from '#runtime/admission.ts';
import { httpHandler } from '#runtime/http-handler.ts';
import { memoryLogger } from '#test/fakes/logger.ts';
import { aCluster, anInfraEnv } from '#test/fakes/records.ts';
import { httpEvent, lambdaContext } from '#test/runtime/events.ts';

interface Situation {
  readonly infraEnv?: InfraEnv;
  readonly cluster?: Cluster | undefined;
  /** Nobody is asked who they are. */
  readonly open?: boolean;
}

const { id } = anInfraEnv();
const unknown = '99999999-9999-4999-8999-999999999999';

/** The token `good` opens the infra-env. */
const serve = ({ infraEnv = anInfraEnv(), open = false, ...rest }: Situation = {}) => {
  const cluster = 'cluster' in rest ? rest.cluster : aCluster();
  const logger = memoryLogger();
  const operations = isoImageOperations({
    infraEnvs: { get: async (asked: string) => (asked === id ? infraEnv : undefined) } as never,
    clusters: { get: async () => cluster } as never,
    imageTokens: { open: async (token) => (token === 'good' ? infraEnv : undefined) },
    open,
    linkToIso: async (of, wanted) => ({ url: `https://s3.example.org/${of.id}?${wanted}`, expiresAt }),
  });
  const handler = httpHandler({ routes: downloadRoutes, operations, admit: admitByGateway, logger });
  return async (path: string, method = 'GET') => {
    const event = httpEvent({ method, path: `/images/${path}`, userName: '' });
    const { statusCode, headers = {}, body } = await handler(event, lambdaContext());
    const read = body === undefined ? undefined : JSON.parse(body);
    return { status: statusCode, location: headers.location, body: read, log: JSON.stringify(logger.lines) };
  };
};

const image = '4.20.0/x86_64/disconnected.iso';

const expiresAt = new Date('2026-03-01T12:15:00.000Z');

describe('the image of an infra-env', () => {
  it.each(['GET', 'HEAD'])('is what a token of it opens, by a link for the same method: %s', async (method) => {
    for (const form of ['bytoken', 'byapikey']) {
      const { status, location } = await serve()(`${form}/good/${image}`, method);
      expect([status, location]).toEqual([302, `https://s3.example.org/${id}?${method}`]);
    }
  });

  it('is linked to in the body too, but for a HEAD', async () => {
    const { body } = await serve()(`bytoken/good/${image}`);
    expect(body).toEqual({ url: `https://s3.example.org/${id}?GET`, expires_at: expiresAt.toISOString() });
    expect((await serve()(`bytoken/good/${image}`, 'HEAD')).body).toBeUndefined();
  });

  it('is opened by the id where nobody is asked who they are, and by a token too', async () => {
    const call = serve({ open: true });
    for (const opener of [`byid/${id}`, 'bytoken/good']) {
      expect((await call(`${opener}/${image}`)).status).toBe(302);
    }
  });

  it('is not there under the id of no infra-env', async () => {
    expect(await serve({ open: true })(`byid/${unknown}/${image}`)).toMatchObject({
      status: 404,
      body: { reason: 'record not found' },
    });
  });

  it.each([`byid/${id}`, `byid/${unknown}`, 'byid/good', 'bytoken/bad', 'byapikey/bad', `bytoken/${id}`])(
    'is not opened by %s, whether it is there or not',
    async (opener) => {
      for (const path of [image, '4.19.0/s390x/nothing']) {
        const { status, body } = await serve()(`${opener}/${path}`);
        expect([status, body]).toEqual([401, { code: 401, message: 'unauthenticated for invalid credentials' }]);
      }
    },
  );

  it.each(['4.20.1/x86_64/disconnected.iso', '4.20.0/arm64/disconnected.iso', '4.20.0/x86_64/full.iso'])(
    'is no other than the one it has now: %s',
    async (other) => {
      expect(await serve()(`bytoken/good/${other}`)).toMatchObject({
        status: 404,
        body: { reason: expect.stringContaining('read its download_url again') },
      });
    },
  );

  it.each([
    ['full-iso', 'full.iso'],
    ['minimal-iso', 'minimal.iso'],
  ] as const)('is not made for the type %s', async (type, file) => {
    expect(await serve({ infraEnv: anInfraEnv({ type }) })(`bytoken/good/4.20.0/x86_64/${file}`)).toMatchObject({
      status: 501,
      body: { reason: expect.stringContaining(`no ISO of type ${type}`) },
    });
  });

  it.each([
    ['gone', undefined],
    ['deleted', aCluster({ deletedAt: '2026-01-02T00:00:00.000Z' })],
  ])('is not made for a cluster that is %s', async (_, cluster) => {
    expect(await serve({ cluster })(`bytoken/good/${image}`)).toMatchObject({
      status: 409,
      body: { reason: expect.stringContaining('is gone') },
    });
  });

  it('is not opened in any other form', async () => {
    expect(await serve()(`byname/good/${image}`)).toMatchObject({
      status: 400,
      body: { message: 'form in path should be one of [byid bytoken byapikey]' },
    });
  });

  it('is asked for without a token in the log', async () => {
    const { log } = await serve()(`bytoken/good/${image}`);
    expect(log).toContain('DownloadImage');
    expect(log).not.toContain('good');
  });
});
