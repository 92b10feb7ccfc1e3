import type { Server, ServerResponse } from 'node:http';
import dynalite from 'dynalite';
import { freeBytesOf, fullDiskNotice, noRoom } from '../http/disk-room.ts';
import { draining } from '../http/draining.ts';
import { intercepted } from '../http/intercepted.ts';
import { type Listening, listen } from '../http/listen.ts';
import { fromPrograms, onlyFor } from '../http/welcome.ts';
import { operationOf, refuse } from './dynamodb-call.ts';
import { type DynamoDbAccess, guarded } from './guarded.ts';
import { level } from './level-store.ts';

interface DynamoDbOptions {
  /** Folder of the store, whose parent is there; without it everything is kept in memory. */
  readonly path?: string;
  /** How many bytes the disk of the folder has left. */
  readonly freeBytes?: (folder: string) => Promise<number>;
  /** Without it everybody may do everything. */
  readonly access?: DynamoDbAccess;
}

const mebibyte = 1024 * 1024;

/**
 * Bytes that have to be free for an operation. After a write that found no room LevelDB takes none until it is opened
 * again, and dynalite ends the process: neither may ever find the disk full. What is there can be changed and removed for
 * longer than something new is taken.
 */
const leastFree: Readonly<Record<string, number>> = {
  BatchWriteItem: 64 * mebibyte,
  CreateTable: 64 * mebibyte,
  PutItem: 64 * mebibyte,
  UpdateTable: 64 * mebibyte,
  UpdateItem: 16 * mebibyte,
  DeleteItem: 16 * mebibyte,
  DeleteTable: 16 * mebibyte,
};

const refuseFor = (response: ServerResponse, message: string): void =>
  refuse(response, { status: 503, type: 'com.amazon.coral.availability#ServiceUnavailableException', message });

/** The server, which answers 503 to a write for which the disk has no room. */
const whereRoom = (server: Server, hasRoom: (bytes: number) => Promise<boolean>): Server => {
  const sayFull = fullDiskNotice();
  return intercepted(server, async (request, response, pass) => {
    const needed = leastFree[operationOf(request)];
    if (needed === undefined || (await hasRoom(needed))) return pass(request);
    sayFull();
    request.resume();
    refuseFor(response, noRoom);
  });
};

/** Closes when all is answered: dynalite ends the process when a request is at work on a store that is closed. */
const listenUntilAnswered = async (dynamoDb: Server): Promise<Listening> => {
  const stopping = (response: ServerResponse) => refuseFor(response, 'The service is being stopped.');
  const { server, drain } = draining(dynamoDb, stopping);
  const { endpoint, close } = await listen(onlyFor(fromPrograms, server));
  return {
    endpoint,
    close: async () => {
      await drain();
      await close();
    },
  };
};

/** dynalite opens the store with its first request, and ends the process when it cannot. @throws why it cannot be opened */
const checkStore = async (path: string): Promise<void> => {
  const store = level(path);
  await store.open();
  await store.close();
};

/**
 * DynamoDB as dynalite plays it: no transactions, no time to live, no old item on a failed condition; but not to the web
 * pages, all of which it would let read and write.
 *
 * @throws Error whose cause says why the store of the folder cannot be opened
 */
export const startDynamoDb = async ({
  path,
  freeBytes = freeBytesOf,
  access,
}: DynamoDbOptions = {}): Promise<Listening> => {
  const delays = { createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 };
  const withRights = (server: Server): Server => (access === undefined ? server : guarded(server, access));
  if (path === undefined) return listenUntilAnswered(withRights(dynalite(delays)));
  await checkStore(path);
  const hasRoom = (bytes: number): Promise<boolean> =>
    freeBytes(path).then(
      (free) => free >= bytes,
      // Where the system does not say, the write itself will.
      () => true,
    );
  return listenUntilAnswered(whereRoom(withRights(dynalite({ path, ...delays })), hasRoom));
};
