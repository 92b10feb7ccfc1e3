import type { BaseIso } from '#domain/release/release.ts';
import type { StoredState } from '../installer-examination.ts';
import type { ReleasesBucket } from '../release-target.ts';
import { isAsAdded, storedIso } from './base-iso-objects.ts';

/**
 * Whether the object is the one that was added, by its ETag and by the checksum of the whole that S3 made of its parts'. Both
 * sides compared each part with its checksum when it came; S3 itself compares what it keeps.
 */
export const examineBaseIso = async (target: ReleasesBucket, baseIso: BaseIso): Promise<StoredState> => {
  const stored = await storedIso(target, baseIso.key);
  if (stored?.etag !== baseIso.etag) return 'missing';
  return isAsAdded(baseIso, stored) ? 'intact' : 'damaged';
};
