import dynalite from 'dynalite';
import { type Listening, listen } from '../http/listen.ts';
import { fromPrograms, onlyFor } from '../http/welcome.ts';

interface DynamoDbOptions {
  /** Folder of the store; without it everything is kept in memory. */
  readonly path?: string;
}

/**
 * DynamoDB as dynalite plays it: no transactions, no time to live, no old item on a failed condition; but not to the web
 * pages, all of which it would let read and write.
 */
export const startDynamoDb = ({ path }: DynamoDbOptions = {}): Promise<Listening> => {
  const delays = { createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 };
  return listen(onlyFor(fromPrograms, dynalite({ ...(path === undefined ? {} : { path }), ...delays })));
};
