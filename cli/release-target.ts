import type { S3Client } from '@aws-sdk/client-s3';
import type { Table } from '#adapters/dynamodb-table.ts';

export interface ReleasesBucket {
  readonly s3: S3Client;
  readonly bucket: string;
}

/** Where releases are kept. */
export interface Target extends ReleasesBucket {
  /** For a person, e.g. `the local stack in .local`. */
  readonly description: string;
  readonly table: Table;
  /** What, typed behind `npx ove release`, chooses this target again; empty for the usual one. */
  readonly option: string;
}

/** A stack that runs. */
export interface RunningTarget extends Target {
  /** Address of its API. */
  readonly api: string;
}

export interface TargetChoice {
  /** Name of a deployed stack; undefined for the local one. */
  readonly stack?: string | undefined;
  /** Data folder of the local stack. */
  readonly data: string;
}

/** Data folder that `npm start` uses unless it is given another. */
export const usualData = '.local';
