/** ListBuckets, CreateBucket, HeadBucket, DeleteBucket. */

import { receiveText } from '../body/receive.ts';
import { emptyAnswer, xmlAnswer } from '../s3-answer.ts';
import { S3Error } from '../s3-errors.ts';
import { type Operation, owner, type S3Request } from '../s3-operation.ts';
import { requireBucket } from '../store/catalog.ts';
import { wholeSeconds } from '../store/records.ts';
import { childText, readXml } from '../xml-reader.ts';
import type { XmlNode } from '../xml-writer.ts';

export const ownerXml: XmlNode = [
  'Owner',
  [
    ['ID', owner.id],
    ['DisplayName', owner.name],
  ],
];

export const listBuckets: Operation = async ({ store }) => {
  const records = [...store.catalog.buckets.values()].map(({ record }) => record);
  const sorted = records.sort((left, right) => (left.name < right.name ? -1 : 1));
  const buckets = sorted.map(
    ({ name, created }): XmlNode => [
      'Bucket',
      [
        ['Name', name],
        ['CreationDate', new Date(created).toISOString()],
      ],
    ],
  );
  return xmlAnswer('ListAllMyBucketsResult', [ownerXml, ['Buckets', buckets]]);
};

/** The region named in the body; S3 reads none as us-east-1, this server as its own. */
const requestedRegion = async ({ body, headers }: S3Request): Promise<string | undefined> => {
  if ((headers['content-length'] ?? '0') === '0' && headers['transfer-encoding'] === undefined) return undefined;
  const { text } = await receiveText(body, 64 * 1024);
  return text === '' ? undefined : childText(readXml(text, 'CreateBucketConfiguration'), 'LocationConstraint');
};

export const createBucket: Operation = async ({ store, now, region }, request) => {
  const requested = await requestedRegion(request);
  if (requested !== undefined && requested !== region) throw new S3Error('IllegalLocationConstraintException');
  await store.buckets.create({ name: request.bucket, created: wholeSeconds(now()) });
  return emptyAnswer(200, { location: `/${request.bucket}` });
};

export const headBucket: Operation = async ({ store, region }, { bucket }) => {
  requireBucket(store.catalog, bucket);
  return emptyAnswer(200, { 'x-amz-bucket-region': region });
};

export const deleteBucket: Operation = async ({ store }, { bucket }) => {
  await store.buckets.remove(bucket);
  return emptyAnswer(204);
};
