import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ListMultipartUploadsCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { execa } from 'execa';
import { expect, vi } from 'vitest';
import { compositionQuota } from '#adapters/composition-quota.ts';
import { dynamoDb } from '#adapters/dynamodb-client.ts';
import { s3 } from '#adapters/s3-client.ts';
import type { Clock } from '#domain/ports.ts';
import { largestCompositionQuota } from '#runtime/quota-variables.ts';
import { operator } from '#test/cli/operator.ts';
import { extractFile } from '#test/fakes/iso-files.ts';
import { anInfraEnv } from '#test/fakes/records.ts';
import { signingKey } from '#test/fakes/release-key.ts';
import { patience } from '#test/patience.ts';
import { type Api, countEvents, eventsOf } from './client.ts';

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** The operator of a running stack. @throws Error when a command fails */
export const operatorOf = async (dataDir: string) => {
  const { releaseKey } = await signingKey();
  const { run } = operator({ data: dataDir, releaseKey });
  return async (...args: readonly string[]): Promise<readonly string[]> => {
    const { said, failed } = await run(args);
    if (failed !== undefined) throw new Error(failed);
    return said;
  };
};

/** Resolves when so many ISOs were composed for an infra-env. */
export const composed = (api: Api, infraEnvId: string, count = 1): Promise<void> =>
  vi.waitFor(
    async () => expect(await countEvents(api, `infra_env_id=${infraEnvId}`, 'iso_composed')).toBe(count),
    patience,
  );

/** What the event of a failed composition says. */
export const compositionFailure = (api: Api, infraEnvId: string): Promise<string> =>
  vi.waitFor(async () => {
    const events = await eventsOf(api, `infra_env_id=${infraEnvId}`);
    return events.find(({ name }) => name === 'iso_composition_failed')?.message ?? expect.fail('no failure yet');
  }, patience);

/** Keys of what is stored of an infra-env's ISOs. */
export const isoKeysOf = async (bucket: string, infraEnvId: string): Promise<readonly (string | undefined)[]> => {
  const { Contents = [] } = await s3().send(
    new ListObjectsV2Command({ Bucket: bucket, Prefix: `isos/${infraEnvId}/` }),
  );
  return Contents.map(({ Key }) => Key);
};

/** Resolves when no upload is under way any more. */
export const noUploads = (bucket: string): Promise<void> =>
  vi.waitFor(async () => {
    const { Uploads = [] } = await s3().send(new ListMultipartUploadsCommand({ Bucket: bucket }));
    expect(Uploads).toEqual([]);
  }, patience);

/** As if the one user had compositions under way, more than any quota of these tests. */
export const exhaustQuota = async (table: { readonly tableName: string; readonly clock: Clock }): Promise<void> => {
  const quota = compositionQuota({ ...table, client: dynamoDb(), limit: largestCompositionQuota });
  for (let revision = 1; revision <= 50; revision += 1) await quota.begin(anInfraEnv({ revision }));
};

/** Where `download_url` leads. */
export const askForIso = async (api: Api, infraEnvId: string, method = 'GET') => {
  const { download_url } = (await api.get(`/v2/infra-envs/${infraEnvId}`)).body;
  return fetch(download_url, { method, redirect: 'manual' });
};

/** Asks as a client does, until there is an ISO. @throws when it cannot be composed */
export const isoReady = (api: Api, infraEnvId: string): Promise<void> =>
  vi.waitFor(async () => expect((await askForIso(api, infraEnvId)).status).toBe(302), patience);

/** Downloads the ISO of an infra-env into a folder, as curl does. @returns its path */
export const downloadIso = async (api: Api, infraEnvId: string, folder: string): Promise<string> => {
  const { download_url } = (await api.get(`/v2/infra-envs/${infraEnvId}`)).body;
  const answer = await fetch(download_url);
  if (answer.status !== 200) throw new Error(`${answer.status}: ${await answer.text()}`);
  const path = join(folder, `${infraEnvId}.iso`);
  await writeFile(path, Buffer.from(await answer.arrayBuffer()));
  return path;
};

/** The ignition in an ISO, as xorriso, gzip and cpio read it. */
export const ignitionIn = async (iso: string, folder: string): Promise<string> => {
  const area = await extractFile(iso, '/images/ignition.img', folder);
  const { stdout } = await execa({
    shell: true,
    stripFinalNewline: false,
  })`gzip -dc ${area} 2>/dev/null | cpio --quiet -i --to-stdout config.ign`;
  return stdout;
};

/** The text of a file in an ISO, as xorriso reads it. */
export const textIn = async (iso: string, path: string, folder: string): Promise<string> =>
  readFile(await extractFile(iso, path, folder), 'utf8');
