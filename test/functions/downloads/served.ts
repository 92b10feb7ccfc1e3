import { downloadRoutes } from '#contract/routes/download-routes.ts';
import type { Cluster } from '#domain/cluster/cluster.ts';
import type { ArtifactName } from '#domain/infra-env/artifact.ts';
import type { InfraEnv } from '#domain/infra-env/infra-env.ts';
import type { BaseIso, Release } from '#domain/release/release.ts';
import { downloadOperations } from '#functions/downloads/download-operations.ts';
import { admitByGateway } from '#runtime/admission.ts';
import { httpHandler } from '#runtime/http-handler.ts';
import { memoryLogger } from '#test/fakes/logger.ts';
import { aCluster, anInfraEnv, aRelease } from '#test/fakes/records.ts';
import { httpEvent, lambdaContext } from '#test/runtime/events.ts';

interface Situation {
  readonly infraEnv?: InfraEnv | undefined;
  readonly cluster?: Cluster | undefined;
  readonly generated?: boolean;
  /** When it was. */
  readonly writtenAt?: Date;
  /** Nothing can be read of what was generated: another revision has taken its place. */
  readonly gone?: boolean;
  readonly generate?: () => Promise<'generated' | 'superseded'>;
  /** Where the embed area is in the base ISO; without it the release has none. */
  readonly embedAreaAt?: number;
}

export const expiresAt = new Date('2026-03-01T12:15:00.000Z');

const unasked = async (): Promise<never> => {
  throw new Error('not asked for here');
};

const noIsos = {
  isoRecords: { get: unasked },
  isoParts: { list: unasked },
  media: { prepareMedia: unasked, mediaRun: unasked },
  mediaAttempts: { latest: unasked, put: unasked },
  compositionsPerHour: 100,
};

const withEmbedArea = (offset: number | undefined): Partial<Release> =>
  offset === undefined ? {} : { baseIso: { layout: { ignition: { offset, length: 262_144 } } } as BaseIso };

/** The downloads function for one infra-env. */
export const serve = (given: Situation = {}) => {
  const { generated = false, writtenAt = new Date('2026-03-01T11:00:00.000Z'), ...rest } = given;
  const { gone = false, generate, embedAreaAt, ...situation } = rest;
  const infraEnv = 'infraEnv' in situation ? situation.infraEnv : anInfraEnv();
  const cluster = 'cluster' in situation ? situation.cluster : aCluster();
  const asked: { revision: number; file: ArtifactName; timeoutMs: number }[] = [];
  const time = { now: new Date('2026-03-01T12:00:00.000Z') };
  const looks: string[] = [];
  const stored = { isThere: generated, writtenAt };
  const operations = downloadOperations({
    clock: () => time.now,
    imageTokens: { open: async () => undefined },
    open: false,
    ...noIsos,
    releases: { get: async (version) => aRelease(version, withEmbedArea(embedAreaAt)) },
    infraEnvs: { get: async () => infraEnv } as never,
    clusters: { get: async () => cluster } as never,
    artifacts: {
      find: async (key) => {
        looks.push(key);
        return stored.isThere ? { key, size: 2, lastModified: stored.writtenAt } : undefined;
      },
    },
    files: { read: async (key) => (gone ? undefined : Buffer.from(JSON.stringify({ key }))) },
    links: {
      presign: async (key, name) => ({
        url: `https://s3.example.org/${key}?name=${name}`,
        expiresAt: new Date(time.now.getTime() + 15 * 60_000),
      }),
    },
    generate: async ({ revision, file }, timeoutMs) => {
      asked.push({ revision, file, timeoutMs });
      return (await generate?.()) ?? 'generated';
    },
  });
  const handler = httpHandler({ routes: downloadRoutes, operations, admit: admitByGateway, logger: memoryLogger() });
  const send = async (file: string, query: Record<string, string>, userName: string) => {
    const path = `/v2/infra-envs/${anInfraEnv().id}/downloads/${file}`;
    const { statusCode, headers, body } = await handler(httpEvent({ path, query, userName }), lambdaContext(20_000));
    return { status: statusCode, headers, body: body === undefined ? undefined : JSON.parse(body) };
  };
  const get = (file: 'files' | 'files-presigned', query: Record<string, string> = {}, userName = 'admin') =>
    send(file, { file_name: 'discovery.ign', ...query }, userName);
  const getInitrd = (userName = 'admin') => send('minimal-initrd', {}, userName);
  const getIgnition = (userName = 'admin') => send('ignition', {}, userName);
  return { get, getInitrd, getIgnition, asked, looks, time, stored };
};
