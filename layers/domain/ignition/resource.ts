import { gzipSync } from 'node:zlib';
import { contentOf } from '../values/ignition/content.ts';
import type { Resource } from './ignition.ts';

const percentEncode = (bytes: Buffer): string =>
  bytes
    .toString('latin1')
    .replace(
      /[^A-Za-z0-9\-._~]/g,
      (character) => `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
    );

/** The text of a file. @throws Error for anything but a data URL (RFC 2397), plain or gzip'd */
export const resourceText = (resource: Resource): string => contentOf(resource).bytes.toString('utf8');

/**
 * Changes the content of a file of an ignition, keeping its media type, encoding and compression. The content is handed
 * over with one character per byte, so that bytes that are not text survive. A hash of the old content is left out.
 *
 * @throws Error for anything but a data URL (RFC 2397), plain or gzip'd
 */
export const rewriteResource = (resource: Resource, rewrite: (content: string) => string): Resource => {
  const { mediaType, isBase64, bytes } = contentOf(resource);
  const rewritten = Buffer.from(rewrite(bytes.toString('latin1')), 'latin1');
  const repacked = resource.compression ? gzipSync(rewritten) : rewritten;
  const encoded = isBase64 ? `;base64,${repacked.toString('base64')}` : `,${percentEncode(repacked)}`;
  const { verification: _ofTheOldContent, ...kept } = resource;
  return { ...kept, source: `data:${mediaType}${encoded}` };
};
