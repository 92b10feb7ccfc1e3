// The cold start of the installer cache, for the three ways in which a binary can be stored.
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { DeleteObjectCommand } from '@aws-sdk/client-s3';
import { execa } from 'execa';
import { type InstallerEncoding, installerEncodings, type Release } from '#domain/release/release.ts';
import { clientOf, digestOf, keyOf, makeBinary, type Stack, storeAs } from './installer-cache-packing.ts';

interface Place {
  readonly stack: Stack;
  /** For files of 600 MB at a time; they are removed. */
  readonly folder: string;
}

interface Run {
  readonly seconds: number;
  readonly peakMiB: number;
  readonly lookupMicroseconds: number;
}

export interface ColdStart extends Run {
  readonly encoding: InstallerEncoding;
  readonly storedBytes: number;
  readonly binaryBytes: number;
}

const releaseOf = (installer: Release['installer']): Release => ({
  version: '4.20.3',
  cpuArchitectures: ['x86_64'],
  releaseImage: 'bench',
  supportLevel: 'production',
  provenance: 'file',
  installer,
  addedAt: new Date().toISOString(),
});

const runOnce = async ({ stack, folder }: Place, installer: Release['installer']): Promise<Run> => {
  const { endpoints, region, credentials, outputs } = stack;
  const script = join(import.meta.dirname, 'installer-cache-run.ts');
  const args = [script, folder, outputs.ReleasesBucket, JSON.stringify(releaseOf(installer))];
  const { stdout } = await execa(process.execPath, args, {
    env: {
      AWS_ENDPOINT_URL_S3: endpoints.s3,
      AWS_REGION: region,
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    },
  });
  return JSON.parse(stdout);
};

/** Stores a binary of 600 MB in each encoding in a running stack and fetches it; each in a process of its own. */
export const coldStarts = async (place: Place): Promise<readonly ColdStart[]> => {
  const path = join(place.folder, 'openshift-install.bench');
  await makeBinary(path);
  const { sha256, size } = await digestOf(path);
  const stored = await Promise.all(installerEncodings.map((encoding) => storeAs(encoding, path, place.stack)));
  await rm(path);

  const results: ColdStart[] = [];
  for (const [index, encoding] of installerEncodings.entries()) {
    const key = keyOf(encoding);
    const run = await runOnce(place, { key, sha256, size, encoding });
    await clientOf(place.stack).send(new DeleteObjectCommand({ Bucket: place.stack.outputs.ReleasesBucket, Key: key }));
    results.push({ ...run, encoding, storedBytes: stored[index] ?? 0, binaryBytes: size });
  }
  return results;
};
