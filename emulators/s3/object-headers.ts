/** Which headers stay with an object, and how a stored object shows itself in headers. */
import { S3Error } from './s3-errors.ts';
import type { Headers } from './s3-request.ts';
import type { ObjectRecord } from './store/records.ts';

const kept = [
  'cache-control',
  'content-disposition',
  'content-encoding',
  'content-language',
  'content-type',
  'expires',
];

/** Nothing is encrypted here: these are remembered and repeated, for clients that look for them. */
const encryption = [
  'x-amz-server-side-encryption',
  'x-amz-server-side-encryption-aws-kms-key-id',
  'x-amz-server-side-encryption-bucket-key-enabled',
];

const metadataPrefix = 'x-amz-meta-';
const metadataLimit = 2048;

/** aws-chunked is how the body travelled, not what it is. */
const contentEncoding = (value: string): string =>
  value
    .split(',')
    .map((coding) => coding.trim())
    .filter((coding) => coding !== 'aws-chunked' && coding !== '')
    .join(',');

const checkMetadata = (metadata: readonly (readonly [string, string])[]): void => {
  const size = metadata.reduce((sum, [name, value]) => sum + name.length - metadataPrefix.length + value.length, 0);
  if (size > metadataLimit) throw new S3Error('MetadataTooLarge', undefined, { MaxSizeAllowed: `${metadataLimit}` });
};

const pick = (headers: Headers, names: readonly string[]): [string, string][] =>
  names.flatMap((name): [string, string][] => {
    const value = headers[name];
    return value === undefined ? [] : [[name, value]];
  });

export const encryptionHeaders = (headers: Headers): Record<string, string> =>
  Object.fromEntries(pick(headers, encryption));

/** Throws MetadataTooLarge past 2 KB of user metadata. */
export const keptHeaders = (headers: Headers): Record<string, string> => {
  const metadata = pick(
    headers,
    Object.keys(headers).filter((name) => name.startsWith(metadataPrefix)),
  );
  checkMetadata(metadata);
  const described = pick(headers, kept)
    .map(([name, value]): [string, string] => [name, name === 'content-encoding' ? contentEncoding(value) : value])
    .filter(([, value]) => value !== '');
  return Object.fromEntries([...described, ...metadata, ...pick(headers, encryption)]);
};

/** What HEAD and GET say of an object, but for its length. */
export const describe = (record: ObjectRecord): Record<string, string> => ({
  'content-type': 'binary/octet-stream',
  ...record.headers,
  etag: `"${record.etag}"`,
  'last-modified': new Date(record.lastModified).toUTCString(),
  'accept-ranges': 'bytes',
});

/** Throws KeyTooLongError past 1,024 bytes of UTF-8. */
export const checkKey = (key: string): void => {
  const size = Buffer.byteLength(key);
  if (size > 1024) throw new S3Error('KeyTooLongError', undefined, { Size: `${size}`, MaxSizeAllowed: '1024' });
};
