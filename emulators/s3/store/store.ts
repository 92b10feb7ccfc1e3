/** The whole of what is stored, opened from a data folder. */
import { type Blobs, openBlobs } from './blobs.ts';
import { type Buckets, bucketsOf } from './bucket-store.ts';
import type { Catalog } from './catalog.ts';
import { keyLock } from './key-lock.ts';
import { type Objects, objectsOf } from './object-store.ts';
import { recover } from './recovery.ts';
import { layoutOf } from './store-layout.ts';
import { type Uploads, uploadsOf } from './upload-store.ts';

export type Store = {
  readonly blobs: Blobs;
  readonly catalog: Catalog;
  readonly objects: Objects;
  readonly buckets: Buckets;
  readonly uploads: Uploads;
};

/** Creates the folder if need be. One store at a time may have it open. */
export const openStore = async (dataDir: string): Promise<Store> => {
  const layout = layoutOf(dataDir);
  const blobs = openBlobs(layout);
  const catalog = await recover(layout, blobs);
  const parts = { layout, blobs, catalog, lock: keyLock() };
  const uploads = uploadsOf(parts);
  return { blobs, catalog, uploads, objects: objectsOf(parts), buckets: bucketsOf(parts, uploads) };
};
