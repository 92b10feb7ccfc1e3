import dynalite from 'dynalite';
import { type Listening, listen } from './http/listen.ts';

interface DynamoDbOptions {
  /** Folder of the store; without it everything is kept in memory. */
  readonly path?: string;
}

/** DynamoDB as dynalite plays it: no transactions, no time to live, no old item on a failed condition. */
export const startDynamoDb = ({ path }: DynamoDbOptions = {}): Promise<Listening> =>
  listen(dynalite({ ...(path === undefined ? {} : { path }), createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 }));
