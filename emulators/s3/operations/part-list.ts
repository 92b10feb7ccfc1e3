/** The list of parts with which a client completes an upload, and what it must agree with. */
import { type Checksum, checksumAlgorithms } from '../body/checksum.ts';
import { S3Error } from '../s3-errors.ts';
import type { Upload } from '../store/catalog.ts';
import type { PartRecord } from '../store/records.ts';
import { childText, readXml, type XmlElement } from '../xml-reader.ts';

export type ListedPart = {
  readonly number: number;
  readonly etag: string;
  readonly checksums: readonly Pick<Checksum, 'algorithm' | 'value'>[];
};

const readPart = (element: XmlElement): ListedPart => {
  const number = Number(childText(element, 'PartNumber'));
  const etag = childText(element, 'ETag')?.trim().replace(/^"|"$/g, '');
  if (!Number.isInteger(number) || number < 1 || etag === undefined) throw new S3Error('MalformedXML');
  const checksums = checksumAlgorithms.flatMap((algorithm) => {
    const value = childText(element, `Checksum${algorithm}`);
    return value === undefined ? [] : [{ algorithm, value }];
  });
  return { number, etag, checksums };
};

/** Throws MalformedXML, InvalidPartOrder. */
export const readPartList = (xml: string): ListedPart[] => {
  const parts = readXml(xml, 'CompleteMultipartUpload').children.map((element) => {
    if (element.name !== 'Part') throw new S3Error('MalformedXML');
    return readPart(element);
  });
  if (parts.length === 0 || parts.length > 10_000) throw new S3Error('MalformedXML');
  const ordered = parts.every((part, index) => part.number > (parts[index - 1]?.number ?? 0));
  if (!ordered) throw new S3Error('InvalidPartOrder');
  return parts;
};

const invalidPart = (upload: Upload, { number, etag }: ListedPart): S3Error =>
  new S3Error('InvalidPart', undefined, { UploadId: upload.record.id, PartNumber: `${number}`, ETag: etag });

/** A composite checksum wants the checksum of each part repeated in the list. */
const checkListedChecksums = (upload: Upload, listed: ListedPart, part: PartRecord): void => {
  const { checksum } = upload.record;
  if (checksum?.type === 'COMPOSITE' && !listed.checksums.some(({ algorithm }) => algorithm === checksum.algorithm)) {
    const created = `The upload was created using a ${checksum.algorithm.toLowerCase()} checksum.`;
    const missing = `It was missing for part ${listed.number} in the request.`;
    throw new S3Error(
      'InvalidRequest',
      `${created} The complete request must include the checksum for each part. ${missing}`,
    );
  }
  const agree = listed.checksums.every(
    ({ algorithm, value }) => part.checksum?.algorithm === algorithm && part.checksum.value === value,
  );
  if (!agree) throw invalidPart(upload, listed);
};

/** The stored parts that the list names. Throws InvalidPart, InvalidRequest, EntityTooSmall. */
export const listedParts = (upload: Upload, list: readonly ListedPart[], minimumSize: number): PartRecord[] => {
  const parts = list.map((listed) => {
    const part = upload.parts.get(listed.number);
    if (part === undefined || part.etag !== listed.etag) throw invalidPart(upload, listed);
    checkListedChecksums(upload, listed, part);
    return part;
  });
  const small = parts.slice(0, -1).find(({ size }) => size < minimumSize);
  if (small === undefined) return parts;
  const details = { ProposedSize: `${small.size}`, MinSizeAllowed: `${minimumSize}`, PartNumber: `${small.number}` };
  throw new S3Error('EntityTooSmall', undefined, { ...details, ETag: small.etag });
};
