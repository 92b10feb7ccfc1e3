import { join } from 'node:path';
import type { LogLevel } from '#local/local-options.ts';
import { startLocal } from '#local/local-stack.ts';
import {
  type Behaviour,
  type Generation,
  makeInstaller,
} from '#local/sample-release/openshift-install/make-installer.ts';
import { atEnd } from '#test/fakes/at-end.ts';
import { sharedFolder } from '#test/fakes/temporary-folder.ts';
import { startTokenIssuer } from '#test/fakes/token-issuer.ts';
import { pathWithNmstatectl } from '#test/stand-ins/openshift-install/make-nmstatectl.ts';
import { client } from './client.ts';
import { noteRights } from './rights.ts';

interface Installer {
  readonly generation?: Generation;
  readonly behaviour?: Behaviour;
}

interface Plan {
  /** By version. */
  readonly installers: Readonly<Record<string, Installer>>;
  /** `none`, the default: everyone is `admin`. `jwt`: `api.as` is another user, whom a token names. */
  readonly authentication?: 'none' | 'jwt';
  /** Origins of web pages that may call, comma-separated, or `*`. */
  readonly allowedDomains?: string;
  /** How answers name the status `disconnected`. */
  readonly statusNames?: string;
  /** How many ISOs are composed for the user in an hour; any number by default. */
  readonly compositionsPerUserAndHour?: string;
  /** The service that the hosts of full and minimal ISOs report to. */
  readonly serviceBaseUrl?: string;
  readonly agentImage?: string;
  /** Where the base ISO of the sample release goes, if there is to be one. */
  readonly sampleIso?: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** Of the functions; SILENT by default. */
  readonly logLevel?: LogLevel;
  /** Runs before the stack starts, on its data folder. */
  readonly prepare?: (dataDir: string) => Promise<void>;
}

/** One binary per generation, none of which misbehaves. */
export const generations = {
  '4.20.3': { generation: 'G1' },
  '4.21.2': { generation: 'G2' },
  '4.21.9': { generation: 'G2z' },
  '4.22.0': { generation: 'G3' },
  '4.22.1': { generation: 'G4' },
} as const satisfies Plan['installers'];

/** An issuer of tokens that lives as long as the file's scenarios. */
const tokenIssuer = async () => {
  const issuer = await startTokenIssuer();
  atEnd(() => issuer.close());
  return issuer;
};

/** The local stack for one file of scenarios, a client of its API, and every token that the client signed itself in with. */
export const runningStack = async ({
  installers,
  authentication = 'none',
  logLevel = 'SILENT',
  prepare = async () => undefined,
  ...rest
}: Plan) => {
  const folder = await sharedFolder();
  const issuer = authentication === 'jwt' ? await tokenIssuer() : undefined;
  const paths = Object.entries(installers).map(([version, { generation = 'G1', behaviour = {} }]) =>
    makeInstaller({
      dir: join(folder, version),
      version,
      generation,
      behaviour: { ...behaviour, sparesExamination: true },
    }),
  );
  process.env.PATH = await pathWithNmstatectl(join(folder, 'nmstate'));
  const dataDir = join(folder, 'data');
  await prepare(dataDir);
  const stack = await startLocal({
    dataDir,
    port: 0,
    installers: await Promise.all(paths),
    ...(issuer === undefined ? {} : { authentication: issuer.trusted }),
    logLevel,
    ...rest,
  });
  atEnd(async () => {
    await stack.close();
    await noteRights(stack.rights());
  });
  const tokenOf = issuer && ((username: string) => issuer.sign({ username }));
  return { ...stack, dataDir, api: client(stack.url, { tokenOf }), userTokens: issuer?.signed ?? [] };
};
