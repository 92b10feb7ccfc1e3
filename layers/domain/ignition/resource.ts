import { gunzipSync, gzipSync } from 'node:zlib';
import type { Resource } from './ignition.ts';

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

const percentEncode = (bytes: Buffer): string =>
  bytes
    .toString('latin1')
    .replace(
      /[^A-Za-z0-9\-._~]/g,
      (character) => `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
    );

const unpack = (bytes: Buffer, compression: string): Buffer => {
  if (compression === '') return bytes;
  if (compression === 'gzip') return gunzipSync(bytes, { maxOutputLength: largest });
  throw new Error('a file of the ignition has an unknown compression');
};

const parse = ({ source, compression }: Resource) => {
  const parts = dataUrl.exec(source ?? '')?.groups;
  if (parts === undefined) throw new Error('a file of the ignition is not a data URL');
  const { mediaType = '', base64, data = '' } = parts;
  const packed = base64 === undefined ? percentDecode(data) : Buffer.from(data, 'base64');
  return { mediaType, base64, content: unpack(packed, compression ?? '') };
};

/** The text of a file. @throws Error for anything but a data URL (RFC 2397), plain or gzip'd */
export const resourceText = (resource: Resource): string => parse(resource).content.toString('utf8');

/**
 * Changes the content of a file of an ignition, keeping its media type, encoding and compression. The content is handed
 * over with one character per byte, so that bytes that are not text survive. A hash of the old content is left out.
 *
 * @throws Error for anything but a data URL (RFC 2397), plain or gzip'd
 */
export const rewriteResource = (resource: Resource, rewrite: (content: string) => string): Resource => {
  const { mediaType, base64, content } = parse(resource);
  const rewritten = Buffer.from(rewrite(content.toString('latin1')), 'latin1');
  const repacked = resource.compression ? gzipSync(rewritten) : rewritten;
  const encoded = base64 === undefined ? percentEncode(repacked) : `;base64,${repacked.toString('base64')}`;
  const { verification: _ofTheOldContent, ...kept } = resource;
  return { ...kept, source: base64 === undefined ? `data:${mediaType},${encoded}` : `data:${mediaType}${encoded}` };
};
