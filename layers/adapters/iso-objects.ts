import { isoPrefix } from '#domain/iso/composition.ts';
import type { IsoObjects } from '#domain/iso/iso-ports.ts';
import type { Bucket } from './bucket.ts';
import { removeObjects } from './object-removal.ts';

export const isoObjects = (artifacts: Bucket): IsoObjects => ({
  removeOthers: async (infraEnvId, kept) => {
    await removeObjects({ ...artifacts, prefix: isoPrefix(infraEnvId), kept });
  },
});
