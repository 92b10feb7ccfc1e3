/** DeleteObject and DeleteObjects. Deleting what is not there succeeds, as in S3. */

import { receiveText } from '../body/receive.ts';
import { etagMatches } from '../conditions.ts';
import { emptyAnswer, xmlAnswer } from '../s3-answer.ts';
import { notImplemented, S3Error } from '../s3-errors.ts';
import type { Operation, S3Request } from '../s3-operation.ts';
import { type CheckNeed, deletes } from '../s3-permissions.ts';
import { type ObjectName, requireBucket } from '../store/catalog.ts';
import type { Store } from '../store/store.ts';
import { childText, readXml, type XmlElement } from '../xml-reader.ts';
import type { XmlNode } from '../xml-writer.ts';

const mostKeys = 1000;
const largestList = 2 * 1024 * 1024;

export const deleteObject: Operation = async ({ store }, { bucket, key, headers }) => {
  const { 'if-match': ifMatch } = headers;
  await store.objects.remove({ bucket, key }, (current) => {
    if (ifMatch === undefined || current === undefined || etagMatches(ifMatch, current.etag)) return;
    throw new S3Error('PreconditionFailed', undefined, { Condition: 'If-Match' });
  });
  return emptyAnswer(204);
};

const readKey = (object: XmlElement): string => {
  const other = object.children.find(({ name }) => name !== 'Key');
  if (other !== undefined) throw notImplemented(`${other.name} in a list of objects to delete`);
  const key = childText(object, 'Key');
  if (key === undefined || key === '') throw new S3Error('MalformedXML');
  return key;
};

const readList = async ({ body, headers }: S3Request): Promise<{ keys: string[]; quiet: boolean }> => {
  const { text, checksum } = await receiveText(body, largestList);
  if (checksum === undefined && headers['content-md5'] === undefined) {
    throw new S3Error('InvalidRequest', 'Missing required header for this request: Content-MD5 OR x-amz-checksum-*');
  }
  const root = readXml(text, 'Delete');
  const keys = root.children.filter(({ name }) => name === 'Object').map(readKey);
  if (keys.length === 0 || keys.length > mostKeys) throw new S3Error('MalformedXML');
  return { keys, quiet: childText(root, 'Quiet') === 'true' };
};

/** One refusal does not stop the rest: each key has its own line in the answer. */
const deleteOne = async (store: Store, check: CheckNeed, name: ObjectName): Promise<XmlNode> => {
  const { key } = name;
  try {
    check(deletes, name);
    await store.objects.remove(name, () => {});
    return ['Deleted', [['Key', key]]];
  } catch (error) {
    if (!(error instanceof S3Error)) throw error;
    const explanation: XmlNode[] = [
      ['Key', key],
      ['Code', error.code],
      ['Message', error.message],
    ];
    return ['Error', explanation];
  }
};

export const deleteObjects: Operation = async ({ store }, request) => {
  requireBucket(store.catalog, request.bucket);
  const { keys, quiet } = await readList(request);
  const lines: XmlNode[] = [];
  for (const key of keys) lines.push(await deleteOne(store, request.check, { bucket: request.bucket, key }));
  return xmlAnswer('DeleteResult', quiet ? lines.filter(([name]) => name === 'Error') : lines);
};
