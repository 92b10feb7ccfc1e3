import { createHash, randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, readFile } from 'node:fs/promises';
import { PassThrough, type Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { constants, createGzip, createZstdCompress } from 'node:zlib';
import { S3Client } from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { zstdLevel } from '#cli/installer-upload.ts';
import type { InstallerEncoding } from '#domain/release/release.ts';

/** What is needed of a running stack's `stack.json`. */
export interface Stack {
  readonly endpoints: { readonly s3: string };
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly outputs: { readonly ReleasesBucket: string };
}

const targetBytes = 600_000_000;
const megabyte = 1_000_000;

/**
 * Writes a binary of 600 MB. As in a real one, about two thirds are machine code, here that of Node itself, and the rest
 * is compressed already. The repetitions of the code lie too far apart for an encoder to see them.
 */
export const makeBinary = async (path: string): Promise<void> => {
  const code = await readFile(process.execPath);
  const copies = Math.max(1, Math.round((targetBytes * 2) / 3 / code.length));
  const file = await open(path, 'w');
  for (let copy = 0; copy < copies; copy += 1) await file.write(code);
  const rest = Math.max(0, targetBytes - copies * code.length);
  for (let done = 0; done < rest; done += megabyte) await file.write(randomBytes(megabyte));
  await file.close();
};

const chunkSize = 256 * 1024;

// gzip's fastest level, at which 3 % more is stored than at the usual one, since every run has to pack.
const encoders: Readonly<Record<InstallerEncoding, () => Transform>> = {
  identity: () => new PassThrough(),
  gzip: () => createGzip({ level: constants.Z_BEST_SPEED, chunkSize }),
  zstd: () => createZstdCompress({ params: { [constants.ZSTD_c_compressionLevel]: zstdLevel }, chunkSize }),
};

const readBinary = (path: string) => createReadStream(path, { highWaterMark: megabyte });

export const digestOf = async (path: string) => {
  const hash = createHash('sha256');
  let size = 0;
  for await (const chunk of readBinary(path)) {
    hash.update(chunk);
    size += chunk.length;
  }
  return { sha256: hash.digest('hex'), size };
};

export const clientOf = ({ endpoints, region, credentials }: Stack): S3Client =>
  new S3Client({
    endpoint: endpoints.s3,
    region,
    credentials,
    forcePathStyle: true,
    requestChecksumCalculation: 'WHEN_REQUIRED',
  });

export const keyOf = (encoding: InstallerEncoding): string => `bench/openshift-install.${encoding}`;

/** Gives the number of bytes that are stored. */
export const storeAs = async (encoding: InstallerEncoding, path: string, stack: Stack): Promise<number> => {
  const encoder = encoders[encoding]();
  let stored = 0;
  const counted = async function* (source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const chunk of source) {
      stored += chunk.length;
      yield chunk;
    }
  };
  const body = new PassThrough();
  const params = { Bucket: stack.outputs.ReleasesBucket, Key: keyOf(encoding), Body: body };
  const upload = new Upload({ client: clientOf(stack), params, partSize: 16 * megabyte });
  await Promise.all([pipeline(readBinary(path), encoder, counted, body), upload.done()]);
  return stored;
};
