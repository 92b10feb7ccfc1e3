/** The chain of signatures through a signed aws-chunked body. Source: AWS, "Signature calculations: chunked upload". */
import { createHash } from 'node:crypto';
import { S3Error } from '../s3-errors.ts';
import { sameSignature, sha256Hex, sign } from '../signature/signing-key.ts';
import type { Verified } from '../signature/verify-signature.ts';

/** Each method throws SignatureDoesNotMatch; a missing signature matches nothing. */
export type ChunkSignatures = {
  update(bytes: Buffer): void;
  endChunk(signature: string | undefined): void;
  /** `lines` in the form `name:value`, in the order sent. */
  endTrailer(lines: readonly string[], signature: string | undefined): void;
};

const emptyHash = sha256Hex('');

export const chunkSignatures = ({ key, date, scope, seed }: Verified['chain']): ChunkSignatures => {
  let previous = seed;
  let hash = createHash('sha256');

  const check = (text: string, signature: string | undefined): void => {
    const expected = sign(key, text);
    if (!sameSignature(expected, signature ?? '')) throw new S3Error('SignatureDoesNotMatch');
    previous = expected;
  };

  return {
    update(bytes) {
      hash.update(bytes);
    },
    endChunk(signature) {
      const chunkHash = hash.digest('hex');
      hash = createHash('sha256');
      check(['AWS4-HMAC-SHA256-PAYLOAD', date, scope, previous, emptyHash, chunkHash].join('\n'), signature);
    },
    endTrailer(lines, signature) {
      const trailerHash = sha256Hex(lines.map((line) => `${line}\n`).join(''));
      check(['AWS4-HMAC-SHA256-TRAILER', date, scope, previous, trailerHash].join('\n'), signature);
    },
  };
};

/** For the unsigned variety. */
export const noChunkSignatures: ChunkSignatures = { update() {}, endChunk() {}, endTrailer() {} };
