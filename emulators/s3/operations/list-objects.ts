/** ListObjectsV2. */
import { xmlAnswer } from '../s3-answer.ts';
import { S3Error } from '../s3-errors.ts';
import type { Operation } from '../s3-operation.ts';
import { parameter, type Query } from '../s3-request.ts';
import { uriEncodePath } from '../signature/uri-encoding.ts';
import { type Bucket, requireBucket } from '../store/catalog.ts';
import type { XmlNode } from '../xml-writer.ts';
import { ownerXml } from './bucket-operations.ts';
import { type Entry, pageOf } from './list-page.ts';
import { pageSize } from './query-numbers.ts';

/** Opaque to clients: where the page before it ended. */
const tokenOf = ({ kind, value }: Entry): string => Buffer.from(`${kind}:${value}`).toString('base64url');

const readToken = (token: string): Entry => {
  const [, kind, value] = /^(key|prefix):([\s\S]*)$/.exec(Buffer.from(token, 'base64url').toString()) ?? [];
  if (value === undefined) throw new S3Error('InvalidArgument', 'The continuation token provided is incorrect');
  return { kind: kind === 'key' ? 'key' : 'prefix', value };
};

const startEntry = (query: Query): Entry | undefined => {
  const token = parameter(query, 'continuation-token');
  if (token !== undefined) return readToken(token);
  const startAfter = parameter(query, 'start-after');
  return startAfter === undefined ? undefined : { kind: 'key', value: startAfter };
};

/** With `encoding-type=url` names are percent-encoded, so that any key survives XML. */
const encoder = (query: Query): ((name: string) => string) => {
  const encoding = parameter(query, 'encoding-type');
  if (encoding === undefined || encoding === '') return (name) => name;
  if (encoding !== 'url') throw new S3Error('InvalidArgument', 'Invalid Encoding Method specified in Request');
  return uriEncodePath;
};

type Style = { readonly encode: (name: string) => string; readonly withOwner: boolean };

const entryXml = (bucket: Bucket, { kind, value }: Entry, { encode, withOwner }: Style): XmlNode | undefined => {
  if (kind === 'prefix') return ['CommonPrefixes', [['Prefix', encode(value)]]];
  const record = bucket.objects.get(value);
  if (record === undefined) return undefined;
  return [
    'Contents',
    [
      ['Key', encode(value)],
      ['LastModified', new Date(record.lastModified).toISOString()],
      ['ETag', `"${record.etag}"`],
      record.checksum && ['ChecksumAlgorithm', record.checksum.algorithm],
      record.checksum && ['ChecksumType', record.checksum.type],
      ['Size', record.size],
      withOwner ? ownerXml : undefined,
      ['StorageClass', 'STANDARD'],
    ],
  ];
};

/** A parameter given back as it came; left out if it was not there. */
const echo = (query: Query, [name, element]: readonly [string, string], encode = (value: string) => value) => {
  const value = parameter(query, name);
  return value === undefined ? undefined : ([element, encode(value)] as const);
};

export const listObjects: Operation = async ({ store }, { bucket: name, query }) => {
  const bucket = requireBucket(store.catalog, name);
  if (parameter(query, 'list-type') !== '2') throw new S3Error('InvalidArgument', 'list-type must be 2');
  const style = { encode: encoder(query), withOwner: parameter(query, 'fetch-owner') === 'true' };
  const limit = pageSize(query, 'max-keys');
  const { entries, last } = pageOf(bucket.keys, {
    prefix: parameter(query, 'prefix') ?? '',
    delimiter: parameter(query, 'delimiter') ?? '',
    after: startEntry(query),
    limit,
  });
  return xmlAnswer('ListBucketResult', [
    ['Name', name],
    ['Prefix', style.encode(parameter(query, 'prefix') ?? '')],
    echo(query, ['delimiter', 'Delimiter'], style.encode),
    echo(query, ['start-after', 'StartAfter'], style.encode),
    echo(query, ['continuation-token', 'ContinuationToken']),
    echo(query, ['encoding-type', 'EncodingType']),
    ['MaxKeys', limit],
    ['KeyCount', entries.length],
    ['IsTruncated', last !== undefined],
    last && ['NextContinuationToken', tokenOf(last)],
    ...entries.map((entry) => entryXml(bucket, entry, style)),
  ]);
};
