import { join } from 'node:path';
import { afterAll } from 'vitest';
import { type LogLevel, startLocal } from '#local/run.ts';
import { sharedFolder } from '#test/fakes/temporary-folder.ts';
import { type Behaviour, type Generation, makeInstaller } from '#test/stand-ins/openshift-install/make-installer.ts';
import { client } from './client.ts';

interface Installer {
  readonly generation?: Generation;
  readonly behaviour?: Behaviour;
}

interface Plan {
  /** By version. */
  readonly installers: Readonly<Record<string, Installer>>;
  readonly environment?: Readonly<Record<string, string>>;
  /** Of the functions; SILENT by default. */
  readonly logLevel?: LogLevel;
}

/** One binary per generation, none of which misbehaves. */
export const generations = {
  '4.20.3': { generation: 'G1' },
  '4.21.2': { generation: 'G2' },
  '4.22.0': { generation: 'G3' },
} as const satisfies Plan['installers'];

/** Whoever sends `x-user` is that user, as if a token had said so; everyone else is `admin`. */
const authorize = (headers: Readonly<Record<string, string>>) => ({
  jwt: { claims: { username: headers['x-user'] ?? 'admin' }, scopes: null },
});

/** The local stack for one file of scenarios, and a client of its API. */
export const runningStack = async ({ installers, environment = {}, logLevel = 'SILENT' }: Plan) => {
  const folder = await sharedFolder();
  const paths = Object.entries(installers).map(([version, { generation = 'G1', behaviour = {} }]) =>
    makeInstaller({ dir: join(folder, version), version, generation, behaviour }),
  );
  const dataDir = join(folder, 'data');
  const stack = await startLocal({
    dataDir,
    port: 0,
    installers: await Promise.all(paths),
    authorize,
    environment,
    logLevel,
  });
  afterAll(() => stack.close());
  return { ...stack, dataDir, api: client(stack.url) };
};
