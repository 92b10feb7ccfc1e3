import { randomUUID } from 'node:crypto';
import { cp } from 'node:fs/promises';
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
  ListPartsCommand,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
  UploadPartCopyCommand,
} from '@aws-sdk/client-s3';
import { artifactFinder, artifactReader } from '#adapters/artifacts.ts';
import { baseIsoReader } from '#adapters/base-isos.ts';
import { isoObjects, isoUploads } from '#adapters/iso-uploads.ts';
import type { IsoRecord } from '#domain/composition/iso-record.ts';
import type { ServiceEvent } from '#domain/event.ts';
import { ignitionKey } from '#domain/infra-env/artifact.ts';
import type { InfraEnv } from '#domain/infra-env/infra-env.ts';
import type { IsoLayout } from '#domain/iso/iso-layout.ts';
import type { Postponement } from '#domain/quota.ts';
import type { BaseIso, Release } from '#domain/release/release.ts';
import { startS3 } from '#emulators/s3/s3-server.ts';
import { composeIso } from '#functions/iso/compose-iso.ts';
import type { PlanAnswer } from '#functions/iso/iso-request.ts';
import { bucket as artifactsBucket, credentials, region, runServer } from '#test/emulators/s3/running-server.ts';
import { memoryLogger } from '#test/fakes/logger.ts';
import { anInfraEnv, aRelease } from '#test/fakes/records.ts';
import { sharedFolder, temporaryFolder } from '#test/fakes/temporary-folder.ts';

const mebibyte = 1024 ** 2;
const releasesBucket = 'releases';

/** An image as far as the function looks at it: bytes, and where the embed areas are in them. */
export const baseBytes = Buffer.alloc(20 * mebibyte, 'base ');
export const layout: IsoLayout = {
  volumeId: 'rhcos-9.6.20250826-1',
  volumeSize: baseBytes.length,
  ignition: { offset: 9 * mebibyte, length: 256 * 1024 },
  kernelArguments: {
    default: 'quiet',
    present: 'quiet',
    size: 100,
    areas: [{ path: 'EFI/redhat/grub.cfg', offset: 3 * mebibyte, end: '\n', pad: '#' }],
  },
};

export const ignition = Buffer.from('{"ignition":{"version":"3.2.0"}}');

const key = 'isos/4.20.0/base.iso';

/** Makes a folder of the embedded S3 with both buckets and the base ISO, once for all worlds: it is the most of their content. */
export const storeBase = async () => {
  const folder = await sharedFolder();
  const { endpoint, close } = await startS3({ dataDir: folder, credentials, region });
  const client = new S3Client({ endpoint, region, credentials, forcePathStyle: true });
  for (const Bucket of [artifactsBucket, releasesBucket]) await client.send(new CreateBucketCommand({ Bucket }));
  const { ETag = '' } = await client.send(new PutObjectCommand({ Bucket: releasesBucket, Key: key, Body: baseBytes }));
  client.destroy();
  await close();
  return { folder, etag: ETag };
};

/** The function on an embedded S3, with one release, its base ISO, and one infra-env whose ignition is there. */
export const worldOn = async (stored: Awaited<ReturnType<typeof storeBase>>, settings: InfraEnv['settings'] = {}) => {
  const dataDir = await temporaryFolder();
  await cp(stored.folder, dataDir, { recursive: true });
  const { client } = await runServer({ dataDir });
  const put = (Bucket: string, Key: string, Body: Buffer) => client.send(new PutObjectCommand({ Bucket, Key, Body }));

  const baseIso: BaseIso = {
    key,
    size: baseBytes.length,
    etag: stored.etag,
    layout,
    addedAt: '2026-01-01T00:00:00.000Z',
  };
  const infraEnvs = new Map<string, InfraEnv>();
  const releases = new Map<string, Release>([['4.20.0', aRelease('4.20.0', { baseIso })]]);
  const records: IsoRecord[] = [];
  const events: ServiceEvent[] = [];
  const state: { eventsFail: boolean; postponement?: Postponement } = { eventsFail: false };
  const first = anInfraEnv({ settings });
  const store = async (infraEnv: InfraEnv) => {
    infraEnvs.set(infraEnv.id, infraEnv);
    await put(artifactsBucket, ignitionKey(infraEnv), ignition);
  };
  await store(first);

  const artifacts = { client, bucket: artifactsBucket };
  const run = composeIso({
    infraEnvs: { get: async (id) => infraEnvs.get(id) },
    releases: { get: async (version) => releases.get(version) },
    artifacts: { ...artifactFinder(artifacts), ...artifactReader(artifacts) },
    baseIsos: baseIsoReader({ client, bucket: releasesBucket }),
    uploads: isoUploads(artifacts),
    objects: isoObjects(artifacts),
    records: {
      get: async () => records.at(-1),
      put: async (record) => {
        records.push(record);
      },
    },
    quota: { begin: async () => state.postponement },
    events: {
      add: async (event) => {
        if (state.eventsFail) throw new Error('no table');
        events.push(event);
      },
    },
    clock: () => new Date('2026-02-01T00:00:00.000Z'),
    newId: randomUUID,
    logger: memoryLogger(),
  });

  const subject = ({ id, revision }: InfraEnv = first) => ({ infra_env_id: id, revision });

  const uploads = async () => {
    const { Uploads = [] } = await client.send(new ListMultipartUploadsCommand({ Bucket: artifactsBucket }));
    return Uploads.map(({ Key, UploadId }) => ({ Bucket: artifactsBucket, Key, UploadId }));
  };

  return {
    run,
    records,
    events,
    state,
    infraEnvs,
    releases,
    infraEnv: first,
    baseIso,
    store,
    subject,
    /** What a step after the plan is told. */
    upload: (upload_id: string) => ({ ...subject(), upload_id, base_key: key }),
    plan: async (infraEnv = first) => (await run({ step: 'plan', ...subject(infraEnv) })) as PlanAnswer,
    /** Another object under the same key, which no operator's command makes. */
    replaceBase: () => put(releasesBucket, key, Buffer.from('another')),
    /** What the operator's command does: another base ISO, then the earlier one goes. */
    addBase: async () => {
      const another = { ...baseIso, key: 'isos/4.20.0/another.iso' };
      await put(releasesBucket, another.key, baseBytes);
      releases.set('4.20.0', aRelease('4.20.0', { baseIso: another }));
      await client.send(new DeleteObjectCommand({ Bucket: releasesBucket, Key: key }));
    },
    create: async (isoKey: string): Promise<string> => {
      const upload = await client.send(
        new CreateMultipartUploadCommand({ Bucket: artifactsBucket, Key: isoKey, ChecksumAlgorithm: 'CRC32' }),
      );
      return upload.UploadId ?? '';
    },
    /** What the state machine does itself. */
    copy: async ({ key: isoKey, base_key, base_etag, copies }: PlanAnswer & { compose: true }, UploadId: string) => {
      for (const { number, range } of copies) {
        await client.send(
          new UploadPartCopyCommand({
            Bucket: artifactsBucket,
            Key: isoKey,
            UploadId,
            PartNumber: number,
            CopySource: `${releasesBucket}/${base_key}`,
            CopySourceRange: range,
            CopySourceIfMatch: base_etag,
          }),
        );
      }
    },
    /** Another ISO of the infra-env, as an earlier revision left it. */
    putIso: (isoKey: string) => put(artifactsBucket, isoKey, Buffer.from('an earlier one')),
    isos: async () => {
      const { Contents = [] } = await client.send(
        new ListObjectsV2Command({ Bucket: artifactsBucket, Prefix: 'isos/' }),
      );
      return Contents.map(({ Key }) => Key);
    },
    read: async (isoKey: string) => {
      const object = await client.send(new GetObjectCommand({ Bucket: artifactsBucket, Key: isoKey }));
      return Buffer.from((await object.Body?.transformToByteArray()) ?? []);
    },
    /** Of the parts' checksums, as S3 has made it. */
    checksumOf: async (isoKey: string) => {
      const enabled = { Bucket: artifactsBucket, Key: isoKey, ChecksumMode: 'ENABLED' } as const;
      return (await client.send(new HeadObjectCommand(enabled))).ChecksumCRC32;
    },
    partsOf: async (isoKey: string, UploadId: string) => {
      const { Parts = [] } = await client.send(
        new ListPartsCommand({ Bucket: artifactsBucket, Key: isoKey, UploadId }),
      );
      return Parts.map(({ PartNumber, Size }) => ({ number: PartNumber, size: Size }));
    },
    overwritePart: (isoKey: string, UploadId: string, PartNumber: number) =>
      client.send(
        new UploadPartCommand({
          Bucket: artifactsBucket,
          Key: isoKey,
          UploadId,
          PartNumber,
          Body: 'too short',
          ChecksumAlgorithm: 'CRC32',
        }),
      ),
    completeUploads: async () => {
      for (const upload of await uploads()) {
        const { Parts } = await client.send(new ListPartsCommand(upload));
        await client.send(new CompleteMultipartUploadCommand({ ...upload, MultipartUpload: { Parts } }));
      }
    },
    abortUploads: async () => {
      for (const upload of await uploads()) await client.send(new AbortMultipartUploadCommand(upload));
    },
  };
};

export type IsoWorld = Awaited<ReturnType<typeof worldOn>>;

/** The plan of an ISO that has to be composed. */
export const planned = async (world: IsoWorld, infraEnv = world.infraEnv) => {
  const plan = await world.plan(infraEnv);
  if (!plan.compose) throw new Error('there is nothing to compose');
  return plan;
};

/** All steps up to the completion, as the state machine takes them. */
export const composed = async (world: IsoWorld, infraEnv = world.infraEnv) => {
  const plan = await planned(world, infraEnv);
  const uploadId = await world.create(plan.key);
  const subject = { ...world.upload(uploadId), ...world.subject(infraEnv) };
  await world.run({ step: 'upload', ...subject });
  await world.copy(plan, uploadId);
  const answer = await world.run({ step: 'complete', ...subject });
  return { plan, uploadId, answer, complete: () => world.run({ step: 'complete', ...subject }) };
};
