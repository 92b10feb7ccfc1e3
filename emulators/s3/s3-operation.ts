/** What every operation is given, and its shape. */

import type { IncomingBody } from './body/receive.ts';
import type { Answer } from './s3-answer.ts';
import type { CheckNeed } from './s3-permissions.ts';
import type { Headers, Query } from './s3-request.ts';
import type { Store } from './store/store.ts';

export type S3Context = {
  readonly store: Store;
  readonly now: () => Date;
  readonly region: string;
  /** Bytes that every part but the last must have. */
  readonly minimumPartSize: number;
};

/** `bucket` and `key` are empty where the route has none. Headers include those that a presigned URL carries. */
export type S3Request = {
  readonly bucket: string;
  readonly key: string;
  readonly query: Query;
  readonly headers: Headers;
  readonly body: IncomingBody;
  /** For what the route alone does not say, such as the keys in a list of objects to delete. */
  readonly check: CheckNeed;
};

export type Operation = (context: S3Context, request: S3Request) => Promise<Answer>;

/** The one owner of everything here. */
export const owner = { id: '0000000000000000000000000000000000000000000000000000000000000000', name: 'local' } as const;
