import { createHash, randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CreateMultipartUploadCommand, PutObjectCommand, UploadPartCopyCommand } from '@aws-sdk/client-s3';
import { clusterStore } from '#adapters/cluster-store.ts';
import { credentialStore } from '#adapters/credentials.ts';
import { infraEnvStore } from '#adapters/infra-env-store.ts';
import { kmsKeyring } from '#adapters/keyring.ts';
import { pullSecretKeeper } from '#adapters/pull-secrets.ts';
import { releaseStore } from '#adapters/release-store.ts';
import { ignitionKey } from '#domain/infra-env/artifact.ts';
import { type InfraEnv, secretOf } from '#domain/infra-env/infra-env.ts';
import type { IsoLayout } from '#domain/iso/iso-layout.ts';
import { keyArn } from '#emulators/kms/kms-server.ts';
import type { PlanAnswer } from '#functions/iso/iso-request.ts';
import { makeInstaller, versions } from '#local/sample-release/openshift-install/make-installer.ts';
import { profileOfGeneration } from '#test/fakes/installer-profile.ts';
import { aCluster, anInfraEnv, aRelease } from '#test/fakes/records.ts';
import { buckets, type RunningService } from './running-service.ts';

const mebibyte = 1024 ** 2;
const openshiftVersion = '4.20.3';
const baseKey = 'isos/4.20.3/base.iso';
const base = Buffer.alloc(6 * mebibyte, 'base ');

/** An image as far as the function looks at it: bytes, and where the embed areas are in them. */
const layout: IsoLayout = {
  volumeId: 'rhcos-9.6.20250826-1',
  volumeSize: base.length,
  ignition: { offset: mebibyte, length: 256 * 1024 },
};

const adminFiles = { kubeconfig: 'kind: Config', 'kubeadmin-password': 'a-b-c-d' };

export type FunctionName = 'ignition' | 'iso';

interface World {
  readonly service: RunningService;
  /** Runs a step of a composition without a fault. */
  readonly run: (event: object) => Promise<unknown>;
}

/** The functions behind the API, with everything that they ask of AWS; programs are not what these tests are about. */
export interface Step {
  readonly of: FunctionName;
  /** Stores what it works on. @returns the event that it is invoked with */
  readonly given: (world: World) => Promise<object>;
  readonly answer: object;
  /** Another step reads what it reads, and has each of these calls hit: here only those are that change something. */
  readonly readsAsAnother?: true;
  /** The last call that is hit here: another step makes those behind it, and each invocation here takes long. */
  readonly until?: RegExp;
}

/** Its openshift-install invents keys and tokens, which the first of all runs gives to the infra-env. */
const generationOfInstaller = 'G4';
const installableVersion = versions[generationOfInstaller];

/** Once for all: a release whose openshift-install is in the image of the function. */
export const addInstaller = async ({ table }: RunningService, imageDir: string): Promise<void> => {
  const version = installableVersion;
  const plan = { dir: join(imageDir, version), version, generation: generationOfInstaller } as const;
  const file = await readFile(await makeInstaller(plan));
  const sha256 = createHash('sha256').update(file).digest('hex');
  const profile = await profileOfGeneration(generationOfInstaller);
  const installer = { ...aRelease(version).installer, sha256, size: file.length, profile };
  await releaseStore(table).add(aRelease(version, { installer }));
};

/** Once for all: a release with a base ISO. */
export const addRelease = async ({ table, objects }: RunningService): Promise<void> => {
  const { ETag = '' } = await objects.send(
    new PutObjectCommand({ Bucket: buckets.releases, Key: baseKey, Body: base }),
  );
  const baseIso = { key: baseKey, size: base.length, etag: ETag, layout, addedAt: '2026-01-01T00:00:00.000Z' };
  await releaseStore(table).add(aRelease(openshiftVersion, { baseIso }));
};

const storeInfraEnv = async ({ table }: RunningService, changes: Partial<InfraEnv> = {}): Promise<InfraEnv> => {
  const clusterId = randomUUID();
  const infraEnv = anInfraEnv({ openshiftVersion, id: randomUUID(), clusterId, ...changes });
  const { expiresAt } = infraEnv;
  const version = infraEnv.openshiftVersion;
  await clusterStore(table).add(aCluster({ id: clusterId, ...(version && { openshiftVersion: version }) }));
  const secret = { ...secretOf(infraEnv), pullSecret: '{"auths":{"quay.io":{"auth":"YTpi"}}}', expiresAt };
  await pullSecretKeeper({ ...table, keyring: kmsKeyring(keyArn) }).store(secret);
  await infraEnvStore(table).add(infraEnv);
  return infraEnv;
};

const subjectOf = ({ id, revision }: InfraEnv) => ({ infra_env_id: id, revision });

const generation = (file: string): Step => ({
  of: 'ignition',
  given: async ({ service }) => ({ ...subjectOf(await storeInfraEnv(service, { type: 'full-iso' })), file }),
  answer: { superseded: false },
});

const givenIgnition = async ({ service }: World) => {
  const infraEnv = await storeInfraEnv(service);
  const Body = '{"ignition":{"version":"3.2.0"}}';
  await service.objects.send(new PutObjectCommand({ Bucket: buckets.artifacts, Key: ignitionKey(infraEnv), Body }));
  return subjectOf(infraEnv);
};

/** What Step Functions does between the steps: an upload, and the parts that are copied. */
const givenUpload = async (world: World) => {
  const subject = await givenIgnition(world);
  const plan = (await world.run({ step: 'plan', ...subject })) as PlanAnswer & { readonly compose: true };
  const { objects } = world.service;
  const name = { Bucket: buckets.artifacts, Key: plan.key };
  const { UploadId = '' } = await objects.send(
    new CreateMultipartUploadCommand({ ...name, ChecksumAlgorithm: 'CRC32' }),
  );
  for (const { number, range } of plan.copies) {
    const CopySource = `${buckets.releases}/${plan.base_key}`;
    const part = { ...name, UploadId, PartNumber: number, CopySource, CopySourceRange: range };
    await objects.send(new UploadPartCopyCommand(part));
  }
  return { ...subject, upload_id: UploadId, base_key: plan.base_key };
};

const givenAdminFiles = async ({ service }: World) => {
  const { table } = service;
  const infraEnv = await storeInfraEnv(service);
  const { infraEnvId, userName } = secretOf(infraEnv);
  const credentials = credentialStore({ ...table, keyring: kmsKeyring(keyArn), kind: 'site' });
  await credentials.keepFirst({ infraEnvId, userName, credentials: adminFiles, expiresAt: infraEnv.expiresAt });
  return { admin_files_of: infraEnv.id };
};

export const steps: Readonly<Record<string, Step>> = {
  'the ignition of a full ISO': generation('full-iso.ign'),
  'the ignition of a disconnected ISO': {
    of: 'ignition',
    given: async ({ service }) => subjectOf(await storeInfraEnv(service, { openshiftVersion: installableVersion })),
    answer: { superseded: false },
    readsAsAnother: true,
    until: /^PUT artifacts/,
  },
  'an archive of static networks': generation('static-network-config.tar'),
  'the files of an administrator': { of: 'ignition', given: givenAdminFiles, answer: { admin_files: adminFiles } },
  'the plan of an ISO': {
    of: 'iso',
    given: async (world) => ({ step: 'plan', ...(await givenIgnition(world)) }),
    answer: { compose: true, base_key: baseKey },
  },
  'the parts of an ISO that differ': {
    of: 'iso',
    given: async (world) => ({ step: 'upload', ...(await givenUpload(world)) }),
    answer: { superseded: false },
    readsAsAnother: true,
  },
  'the completion of an ISO': {
    of: 'iso',
    given: async (world) => {
      const upload = await givenUpload(world);
      await world.run({ step: 'upload', ...upload });
      return { step: 'complete', ...upload };
    },
    answer: { superseded: false },
    readsAsAnother: true,
  },
  'the failure of an ISO': {
    of: 'iso',
    given: async (world) => ({
      step: 'fail',
      ...(await givenIgnition(world)),
      error: 'S3.S3Exception',
      cause: 'At least one of the pre-conditions you specified did not hold',
    }),
    answer: { error: 'InternalError' },
  },
};
