/** ListMultipartUploads and ListParts. */
import { xmlAnswer } from '../s3-answer.ts';
import { type Operation, owner } from '../s3-operation.ts';
import { parameter } from '../s3-request.ts';
import { requireBucket, requireUpload, type Upload } from '../store/catalog.ts';
import type { PartRecord } from '../store/records.ts';
import { compareUtf8 } from '../store/sorted-keys.ts';
import type { XmlNode } from '../xml-writer.ts';
import { ownerXml } from './bucket-operations.ts';
import { checksumValueXml } from './checksum-xml.ts';
import { pageSize } from './query-numbers.ts';

const people: readonly XmlNode[] = [
  [
    'Initiator',
    [
      ['ID', owner.id],
      ['DisplayName', owner.name],
    ],
  ],
  ownerXml,
];

const checksumXml = ({ record }: Upload): readonly (XmlNode | undefined)[] => [
  record.checksum && ['ChecksumAlgorithm', record.checksum.algorithm],
  record.checksum && ['ChecksumType', record.checksum.type],
];

/** By key, then by time and id: the order in which markers go on. */
const compareUploads = ({ record: left }: Upload, { record: right }: Upload): number =>
  compareUtf8(left.key, right.key) || left.initiated - right.initiated || (left.id < right.id ? -1 : 1);

/** Without an upload id marker a key marker passes all uploads of its key. */
const afterMarkers = (uploads: readonly Upload[], key: string, id: string): readonly Upload[] => {
  const marked = id === '' ? -1 : uploads.findIndex(({ record }) => record.key === key && record.id === id);
  if (marked >= 0) return uploads.slice(marked + 1);
  return key === '' ? uploads : uploads.filter(({ record }) => compareUtf8(record.key, key) > 0);
};

const uploadXml = (upload: Upload): XmlNode => [
  'Upload',
  [
    ['Key', upload.record.key],
    ['UploadId', upload.record.id],
    ...people,
    ['StorageClass', 'STANDARD'],
    ['Initiated', new Date(upload.record.initiated).toISOString()],
    ...checksumXml(upload),
  ],
];

export const listUploads: Operation = async ({ store }, { bucket, query }) => {
  requireBucket(store.catalog, bucket);
  const text = (name: string): string => parameter(query, name) ?? '';
  const limit = pageSize(query, 'max-uploads');
  const matching = [...store.catalog.uploads.values()]
    .filter(({ record }) => record.bucket === bucket && record.key.startsWith(text('prefix')))
    .sort(compareUploads);
  const remaining = afterMarkers(matching, text('key-marker'), text('upload-id-marker'));
  const page = remaining.slice(0, limit);
  const last = remaining.length > page.length ? page.at(-1) : undefined;
  return xmlAnswer('ListMultipartUploadsResult', [
    ['Bucket', bucket],
    ['KeyMarker', text('key-marker')],
    ['UploadIdMarker', text('upload-id-marker')],
    ['NextKeyMarker', last?.record.key ?? ''],
    ['NextUploadIdMarker', last?.record.id ?? ''],
    ['Prefix', text('prefix')],
    ['MaxUploads', limit],
    ['IsTruncated', last !== undefined],
    ...page.map(uploadXml),
  ]);
};

const partXml = (part: PartRecord): XmlNode => [
  'Part',
  [
    ['PartNumber', part.number],
    ['LastModified', new Date(part.lastModified).toISOString()],
    ['ETag', `"${part.etag}"`],
    ['Size', part.size],
    checksumValueXml(part.checksum),
  ],
];

export const listParts: Operation = async ({ store }, { bucket, key, query }) => {
  const id = parameter(query, 'uploadId') ?? '';
  const upload = requireUpload(store.catalog, { bucket, key, id });
  const marker = Number(parameter(query, 'part-number-marker') || '0');
  const limit = pageSize(query, 'max-parts');
  const remaining = [...upload.parts.values()]
    .filter(({ number }) => number > marker)
    .sort((left, right) => left.number - right.number);
  const page = remaining.slice(0, limit);
  const last = remaining.length > page.length ? page.at(-1) : undefined;
  return xmlAnswer('ListPartsResult', [
    ['Bucket', bucket],
    ['Key', key],
    ['UploadId', id],
    ...people,
    ['StorageClass', 'STANDARD'],
    ['PartNumberMarker', marker],
    ['NextPartNumberMarker', last?.number ?? 0],
    ['MaxParts', limit],
    ['IsTruncated', last !== undefined],
    ...checksumXml(upload),
    ...page.map(partXml),
  ]);
};
