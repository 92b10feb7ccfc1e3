/**
 * An S3 server for one machine: what `npm start` and the tests use in place of Amazon S3. It keeps to S3's protocol and
 * refuses what it does not have; it does not encrypt, replicate, version or expire.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { operatorsReport } from '../http/disk-room.ts';
import { namesThisMachine, onlyFor } from '../http/welcome.ts';
import type { AccessControl } from '../iam/access-control.ts';
import { createHandler, type Handler } from './s3-handler.ts';
import type { Credentials } from './signature/signing-key.ts';
import { signatureCheck } from './signature/verify-signature.ts';
import { type ImportedFile, importFile } from './store/import-file.ts';
import { openStore } from './store/store.ts';

export type S3Options = {
  /** Created if need be; used by one server at a time. */
  dataDir: string;
  credentials: Credentials;
  region: string;
  /** Whose access key ids there are besides, all with the same secret, and what they may do. */
  access?: AccessControl;
  /** ARN of the key that a bucket would be encrypted with, by its name: as far as rights to it are concerned. */
  encryptionKeys?: ReadonlyMap<string, string>;
  /** 0, the default, takes a free one. */
  port?: number;
  now?: () => Date;
  /** Bytes that every part of a multipart upload but the last must have: 5 MiB, as in S3, unless given. */
  minimumPartSize?: number;
  /** Hears of this server's own failures; by default they go to the standard error. */
  report?: (error: unknown) => void;
};

export type S3Server = {
  /** `http://127.0.0.1:<port>` */
  readonly endpoint: string;
  /** Makes an object of a file; see `ImportedFile`. */
  importFile(file: ImportedFile): Promise<{ etag: string; size: number }>;
  /** Ends all connections and waits until nothing is written any more. */
  close(): Promise<void>;
};

/** Counts what is going on, so that closing can wait for it. */
const tracked = (handler: Handler) => {
  const running = new Set<Promise<void>>();
  const serve = (waits: boolean) => (message: IncomingMessage, response: ServerResponse) => {
    const work = handler({ message, response, waits }).finally(() => running.delete(work));
    running.add(work);
  };
  return { serve, settled: () => Promise.allSettled(running) };
};

const listen = (server: Server, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });

const stop = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });

/** Serves the data folder on 127.0.0.1. Rejects if the folder or the port cannot be used. */
export const startS3 = async (options: S3Options): Promise<S3Server> => {
  const {
    credentials,
    region,
    access,
    encryptionKeys = new Map(),
    now = () => new Date(),
    report = operatorsReport(),
  } = options;
  const store = await openStore(options.dataDir);
  const handler = createHandler({
    context: { store, now, region, minimumPartSize: options.minimumPartSize ?? 5 * 1024 * 1024 },
    verify: signatureCheck({ credentials, isKnown: (id) => access?.knows(id) ?? false, region, now }),
    permissions: { access, encryptionKeys },
    report,
  });
  const { serve, settled } = tracked(handler);
  // No time limit on a request: 5 GiB may take a while. Idle connections outlive the SDK's idea of them.
  const server = createServer({ requestTimeout: 0, keepAliveTimeout: 65_000 }, serve(false));
  server.on('checkContinue', serve(true));
  // Pages may be sent here by a presigned link, but not call this machine by a name of theirs.
  const port = await listen(
    onlyFor(({ host }) => namesThisMachine(host), server),
    options.port ?? 0,
  );
  return {
    endpoint: `http://127.0.0.1:${port}`,
    importFile: (file) => importFile(store, { file, now }),
    async close() {
      await stop(server);
      await settled();
    },
  };
};
