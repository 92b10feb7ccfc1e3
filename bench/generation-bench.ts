// Times the ignition function's own code against the bare process, on the same inputs and stand-ins, in turns; a process
// of its own, so that its memory is the function's. Prints one line of JSON.
import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { clusterStore } from '#adapters/cluster-store.ts';
import { dynamoDb } from '#adapters/dynamodb-client.ts';
import { infraEnvStore } from '#adapters/infra-env-store.ts';
import { kmsKeyring } from '#adapters/keyring.ts';
import { pullSecretKeeper } from '#adapters/pull-secrets.ts';
import { releaseStore } from '#adapters/release-store.ts';
import { examineHere } from '#cli/installer-profile.ts';
import { newDisconnectedCluster } from '#domain/cluster/cluster-registration.ts';
import { inputFiles } from '#domain/ignition/input-manifests.ts';
import { newInfraEnv } from '#domain/infra-env/infra-env-registration.ts';
import { median } from './statistics.ts';

const [dataDir = '', installer = '', runs = '20'] = process.argv.slice(2);
const { endpoints, region, credentials, keyArn, outputs } = JSON.parse(
  await readFile(join(dataDir, 'stack.json'), 'utf8'),
);
const scratch = await mkdtemp(join(tmpdir(), 'ove-ignition-bench-'));
Object.assign(process.env, {
  AWS_ENDPOINT_URL_DYNAMODB: endpoints.dynamodb,
  AWS_ENDPOINT_URL_S3: endpoints.s3,
  AWS_ENDPOINT_URL_KMS: endpoints.kms,
  AWS_REGION: region,
  AWS_ACCESS_KEY_ID: credentials.accessKeyId,
  AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
  TABLE_NAME: outputs.TableName,
  ARTIFACTS_BUCKET: outputs.ArtifactsBucket,
  RELEASES_BUCKET: outputs.ReleasesBucket,
  PULL_SECRET_KEY_ARN: keyArn,
  INSTALLER_IMAGE_DIR: join(scratch, 'image'),
  INSTALLER_CACHE_DIR: join(scratch, 'installers'),
  INSTALLER_CACHE_BYTES: '8000000000',
  WORKSPACE_DIR: join(scratch, 'workspaces'),
  INSTALLER_TIMEOUT_SECONDS: '60',
  POWERTOOLS_METRICS_DISABLED: 'true',
  POWERTOOLS_LOG_LEVEL: 'ERROR',
});
const { handler } = await import('#functions/ignition/handler.ts');

const owner = { userName: 'bench', orgId: '', emailDomain: 'Unknown' };
const pullSecret = JSON.stringify({ auths: { 'quay.io': { auth: Buffer.from('user:password').toString('base64') } } });
const table = { client: dynamoDb(), tableName: outputs.TableName, clock: () => new Date() };
const [release] = await releaseStore(table).all();
if (release === undefined) throw new Error('the stack has no release');
const cluster = newDisconnectedCluster({ name: 'bench', release, owner, id: randomUUID(), now: new Date() });
await clusterStore(table).add(cluster);

const storeInfraEnv = async () => {
  const params = { name: 'bench', pull_secret: pullSecret, image_type: 'disconnected-iso' } as const;
  const identity = { owner, id: randomUUID(), pullSecretId: randomUUID(), now: new Date() };
  const infraEnv = { ...newInfraEnv({ params, cluster, release, ...identity }), registration: 'registered' } as const;
  const { id: infraEnvId, pullSecretId, expiresAt } = infraEnv;
  const keeper = pullSecretKeeper({ ...table, keyring: kmsKeyring(keyArn) });
  await keeper.store({ infraEnvId, pullSecretId, userName: owner.userName, pullSecret, expiresAt });
  await infraEnvStore(table).add(infraEnv);
  return infraEnv;
};

const context = { awsRequestId: 'bench', getRemainingTimeInMillis: () => 100_000 };

const throughFunction = async (infraEnvId: string): Promise<number> => {
  const started = performance.now();
  // The handler reads no more of Lambda's context than this.
  await handler({ infra_env_id: infraEnvId, revision: 1 }, context as never);
  return performance.now() - started;
};

const help = await execa(installer, ['agent', 'create', 'unconfigured-ignition', '--help'], { all: true });
const flags = help.all.includes('--interactive') ? ['--interactive'] : [];

const bareProcess = async (infraEnv: Awaited<ReturnType<typeof storeInfraEnv>>): Promise<number> => {
  const dir = await mkdtemp(join(scratch, 'bare-'));
  for (const { path, content } of inputFiles({ infraEnv, pullSecret })) {
    await mkdir(dirname(join(dir, path)), { recursive: true });
    await writeFile(join(dir, path), content);
  }
  const started = performance.now();
  await execa(installer, ['agent', 'create', 'unconfigured-ignition', '--dir', dir, ...flags], {
    env: { HOME: dir, PATH: process.env.PATH ?? '' },
    extendEnv: false,
  });
  return performance.now() - started;
};

const examination = async (): Promise<number> => {
  const started = performance.now();
  await examineHere({ path: installer, sha256: release.installer.sha256, version: release.version, dir: scratch });
  return performance.now() - started;
};

await throughFunction((await storeInfraEnv()).id);
const bare: number[] = [];
const complete: number[] = [];
const examined: number[] = [];
for (let run = 0; run < Number(runs); run += 1) {
  const infraEnv = await storeInfraEnv();
  bare.push(await bareProcess(infraEnv));
  complete.push(await throughFunction(infraEnv.id));
}
for (let run = 0; run < 5; run += 1) examined.push(await examination());
await rm(scratch, { recursive: true, force: true });
// Not resourceUsage().maxRSS, which starts with what the parent process had.
const [, peak = '0'] = /^VmHWM:\s+(\d+) kB$/m.exec(await readFile('/proc/self/status', 'utf8')) ?? [];
const megabytes = Number(peak) / 1024;
console.log(JSON.stringify({ bare: median(bare), complete: median(complete), examined: median(examined), megabytes }));
process.exit(0);
