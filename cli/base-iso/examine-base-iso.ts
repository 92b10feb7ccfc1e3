import { baseIsoReader } from '#adapters/base-isos.ts';
import type { BaseIso } from '#domain/release/release.ts';
import type { StoredState } from '../installer-examination.ts';
import type { ReleasesBucket } from '../release-target.ts';

/** Whether the object is the one that was added. Its parts came with their SHA-256 in the signatures, which S3 compares. */
export const examineBaseIso = async ({ s3, bucket }: ReleasesBucket, baseIso: BaseIso): Promise<StoredState> =>
  (await baseIsoReader({ client: s3, bucket }).isThere(baseIso)) ? 'intact' : 'missing';
