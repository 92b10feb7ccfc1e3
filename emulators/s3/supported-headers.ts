/**
 * Which x-amz-* headers this server understands. Any other is refused with 501 rather than silently left out: it might
 * ask for a lock, a version or a permission that the caller would then believe in.
 */
import { notImplemented } from './s3-errors.ts';
import type { Headers } from './s3-request.ts';

const understood = new Set(
  `x-amz-date x-amz-content-sha256 x-amz-security-token x-amz-user-agent x-amz-decoded-content-length x-amz-trailer
  x-amz-sdk-checksum-algorithm x-amz-checksum-algorithm x-amz-checksum-type x-amz-checksum-mode x-amz-mp-object-size
  x-amz-copy-source x-amz-copy-source-range x-amz-copy-source-if-match x-amz-copy-source-if-none-match
  x-amz-copy-source-if-modified-since x-amz-copy-source-if-unmodified-since x-amz-metadata-directive
  x-amz-checksum-crc32 x-amz-checksum-crc32c x-amz-checksum-crc64nvme x-amz-checksum-sha1 x-amz-checksum-sha256
  x-amz-server-side-encryption x-amz-server-side-encryption-aws-kms-key-id
  x-amz-server-side-encryption-bucket-key-enabled x-amz-server-side-encryption-context`.split(/\s+/),
);

/** Understood with the one value that is S3's default or means nothing here. */
const onlyDefault: Readonly<Record<string, string>> = {
  'x-amz-acl': 'private',
  'x-amz-storage-class': 'STANDARD',
  'x-amz-object-ownership': 'BucketOwnerEnforced',
};

/** Throws NotImplemented naming the header. */
export const checkHeaders = (headers: Headers): void => {
  for (const name of Object.keys(headers)) {
    if (!name.startsWith('x-amz-') || understood.has(name) || name.startsWith('x-amz-meta-')) continue;
    if (onlyDefault[name] === undefined) throw notImplemented(`The header ${name}`);
    if (onlyDefault[name] !== headers[name]) throw notImplemented(`${name} other than ${onlyDefault[name]}`);
  }
};
