import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { constants, createZstdCompress } from 'node:zlib';
import { AbortMultipartUploadCommand } from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import type { Progress } from '#adapters/release-mirror/mirror-download.ts';
import type { InstallerArtifact } from '#domain/release/release.ts';
import type { ReleasesBucket } from './release-target.ts';

/**
 * Measured on 263 MB of Go, Rust and C++ code (Node 24, one core; at S3's 70 MB/s every 7 MB cost 0.1 s of a cold start):
 *
 * | level | MB    | pack    | unpack |
 * |-------|-------|---------|--------|
 * |  1    | 102.1 |   1.2 s | 0.36 s |
 * |  3    |  90.9 |   2.4 s | 0.42 s |
 * |  6    |  84.8 |   7.2 s | 0.62 s |
 * |  9    |  81.6 |  15.6 s | 0.39 s |
 * | 12    |  80.8 |  30.7 s | 0.34 s |
 * | 15    |  80.1 |  63.5 s | 0.48 s |
 * | 17    |  75.4 | 103.3 s | 0.37 s |
 * | 19    |  72.1 | 182.6 s | 0.49 s |
 *
 * Unpacking costs the same at every level (the differences are those of a shared machine). Level 9 is the last one that
 * gains in proportion: 12 and 15 give 1-2 % for two and four times the time, 19 gives 0.14 s of a cold start for twelve
 * minutes of packing a 1 GB binary.
 */
export const zstdLevel = 9;

const zstd = () =>
  createZstdCompress({
    params: { [constants.ZSTD_c_compressionLevel]: zstdLevel, [constants.ZSTD_c_checksumFlag]: 1 },
  });

interface Storing {
  /** The binary. */
  readonly path: string;
  readonly artifact: InstallerArtifact;
  readonly signal: AbortSignal;
  readonly onProgress: Progress;
}

/** Four of them are in memory at a time. S3 takes 10,000: 80 GB. */
const partBytes = 8 * 1024 * 1024;

const counted = ({ artifact: { size }, onProgress }: Storing) =>
  async function* (source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    let done = 0;
    for await (const chunk of source) {
      done += chunk.length;
      onProgress(done, size);
      yield chunk;
    }
  };

const uploadOf = ({ s3, bucket }: ReleasesBucket, { key, sha256, size }: InstallerArtifact, body: Readable): Upload =>
  new Upload({
    client: s3,
    params: {
      Bucket: bucket,
      Key: key,
      Body: body,
      ChecksumAlgorithm: 'SHA256',
      ContentType: 'application/zstd',
      Metadata: { sha256, size: String(size) },
    },
    partSize: partBytes,
  });

// The SDK's Upload removes the parts of a failed one, but not when it was the completion that failed, and only after
// `done` has settled when it was aborted. What stays in spite of this goes after a day, by the bucket's own rule.
const removeParts = async ({ s3, bucket }: ReleasesBucket, key: string, { uploadId }: Upload): Promise<void> => {
  if (uploadId === undefined) return;
  const abort = new AbortMultipartUploadCommand({ Bucket: bucket, Key: key, UploadId: uploadId });
  await s3.send(abort).catch(() => undefined);
};

/**
 * Packs a binary on its way into the bucket. S3 compares each part with its checksum; the object appears when the last
 * one is there, and a failed upload leaves no parts.
 */
export const storeInstaller = async (target: ReleasesBucket, storing: Storing): Promise<void> => {
  const { path, artifact, signal } = storing;
  signal.throwIfAborted();
  const packed = zstd();
  const upload = uploadOf(target, artifact, packed);
  const stop = () => upload.abort();
  signal.addEventListener('abort', stop, { once: true });
  try {
    const file = createReadStream(path, { highWaterMark: 1024 * 1024 });
    await Promise.all([pipeline(file, counted(storing), packed, { signal }), upload.done()]);
  } catch (error) {
    packed.destroy();
    await removeParts(target, artifact.key, upload);
    throw error;
  } finally {
    signal.removeEventListener('abort', stop);
  }
};
