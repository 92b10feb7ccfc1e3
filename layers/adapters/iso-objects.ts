import { isoPrefix } from '#domain/composition/composition.ts';
import type { IsoObjects } from '#domain/composition/composition-ports.ts';
import type { Bucket } from './bucket.ts';
import { removeObjects } from './object-removal.ts';

export const isoObjects = (artifacts: Bucket): IsoObjects => ({
  removeOthers: async (infraEnvId, kept) => {
    await removeObjects({ ...artifacts, prefix: isoPrefix(infraEnvId), kept });
  },
});
