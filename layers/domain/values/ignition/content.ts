import { gunzipSync } from 'node:zlib';

/** No file of an ignition that fits into an ISO comes near this size (bytes, unpacked). */
const largest = 16 * 1024 * 1024;

const dataUrl = /^data:(?<mediaType>[^,]*?)(?<base64>;base64)?,(?<data>.*)$/s;

// Percent-encoding carries bytes, not characters: everything here is text of one character per byte (latin1).
const percentDecode = (data: string): Buffer =>
  Buffer.from(
    Buffer.from(data, 'utf8')
      .toString('latin1')
      .replace(/%([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  );

const unpack = (bytes: Buffer, compression: string): Buffer => {
  if (compression === '') return bytes;
  if (compression === 'gzip') return gunzipSync(bytes, { maxOutputLength: largest });
  throw new Error('a file of the ignition has an unknown compression');
};

interface Source {
  readonly source?: string | null | undefined;
  readonly compression?: string | null | undefined;
}

interface Content {
  readonly mediaType: string;
  readonly isBase64: boolean;
  /** Unpacked. */
  readonly bytes: Buffer;
}

/** What a data URL (RFC 2397) holds, plain or gzip'd. @throws Error for anything else */
export const contentOf = ({ source, compression }: Source): Content => {
  const parts = dataUrl.exec(source ?? '')?.groups;
  if (parts === undefined) throw new Error('a file of the ignition is not a data URL');
  const { mediaType = '', base64, data = '' } = parts;
  const isBase64 = base64 !== undefined;
  const packed = isBase64 ? Buffer.from(data, 'base64') : percentDecode(data);
  return { mediaType, isBase64, bytes: unpack(packed, compression ?? '') };
};
