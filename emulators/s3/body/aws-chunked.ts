/**
 * Takes the content out of an aws-chunked body:
 * `hex-size[;chunk-signature=…]CRLF data CRLF` …, a chunk of size 0, trailer lines `name:value`, an empty line.
 * Does not read other chunk extensions.
 */
import { S3Error } from '../s3-errors.ts';
import { type ByteReader, byteReader } from './byte-reader.ts';
import type { ChunkSignatures } from './chunk-signatures.ts';

export type Trailers = ReadonlyMap<string, string>;

type ChunkHeader = { readonly size: number; readonly signature: string | undefined };

/** S3 refuses shorter chunks than this before the last one; a client that sends them must fail here too. */
const smallestChunk = 8192;

const readChunkHeader = async (reader: ByteReader): Promise<ChunkHeader> => {
  const line = await reader.line();
  const [, size, signature] = /^([0-9a-fA-F]{1,10})(?:;chunk-signature=([0-9a-f]{64}))?$/.exec(line ?? '') ?? [];
  if (size === undefined) throw new S3Error('IncompleteBody', 'The aws-chunked body is not well-formed.');
  return { size: Number.parseInt(size, 16), signature };
};

/** The SDK leaves out the empty line after a body without trailers, so the end of the body ends them too. */
const readTrailers = async (reader: ByteReader, signatures: ChunkSignatures): Promise<Trailers> => {
  const lines: string[] = [];
  for (let line = await reader.line(); line; line = await reader.line()) {
    if (lines.push(line) > 16) throw new S3Error('MalformedTrailerError');
  }
  const trailers = new Map<string, string>();
  for (const line of lines) {
    const [, name, value] = /^([^:]+):(.*)$/.exec(line) ?? [];
    if (name === undefined || value === undefined) throw new S3Error('MalformedTrailerError');
    trailers.set(name.toLowerCase().trim(), value.trim());
  }
  const signature = trailers.get('x-amz-trailer-signature');
  trailers.delete('x-amz-trailer-signature');
  if (trailers.size > 0)
    signatures.endTrailer(
      [...trailers].map(([name, value]) => `${name}:${value}`),
      signature,
    );
  return trailers;
};

/** Yields the content; hands over the trailers before it ends. Throws IncompleteBody, SignatureDoesNotMatch, … */
export async function* decodeAwsChunked(options: {
  source: AsyncIterable<Buffer>;
  signatures: ChunkSignatures;
  onTrailers(trailers: Trailers): void;
}): AsyncGenerator<Buffer, void> {
  const { signatures } = options;
  const reader = byteReader(options.source);
  let header = await readChunkHeader(reader);
  while (header.size > 0) {
    for (let left = header.size; left > 0; ) {
      const bytes = await reader.atMost(left);
      left -= bytes.length;
      signatures.update(bytes);
      yield bytes;
    }
    if ((await reader.line()) !== '') throw new S3Error('IncompleteBody', 'A chunk is longer than its header says.');
    signatures.endChunk(header.signature);
    const next = await readChunkHeader(reader);
    if (next.size > 0 && header.size < smallestChunk) throw new S3Error('InvalidChunkSizeError');
    header = next;
  }
  signatures.endChunk(header.signature);
  options.onTrailers(await readTrailers(reader, signatures));
}
