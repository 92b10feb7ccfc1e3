import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, resolve } from 'node:path';
import { load, YAMLException } from 'js-yaml';
import * as z from 'zod';
import { CommandFailure } from '#adapters/command-failure.ts';
import { clusterCreateParams } from '#domain/cluster/cluster-settings.ts';
import { manifestFolders, manifestName } from '#domain/cluster/manifest.ts';
import { infraEnvCreateParams } from '#domain/infra-env/infra-env-settings.ts';
import { entriesOf, isJson } from '#domain/values/json.ts';
import { unreadable } from '../source-file.ts';

/** What is said once for both: who the site is, and what belongs to them. */
const shared = { name: true, pull_secret: true } as const;
const asCluster = clusterCreateParams.omit(shared);
const asInfraEnv = infraEnvCreateParams.omit({ ...shared, cluster_id: true, openshift_version: true });

const wantsMembers = 'should be members of the install-config as YAML, or a text that is JSON of them';

const isMembers = (text: string): boolean => text === '' || (isJson(text) && entriesOf(JSON.parse(text)) !== undefined);

const manifest = z.strictObject({
  folder: z.enum(manifestFolders).default('manifests'),
  file_name: z.string().regex(manifestName),
  content: z.string().describe('its text, JSON or YAML, e.g. { file: namespace.yaml }'),
});

/** A site: a cluster and the infra-env of its ISO, in the words of the API. */
export const siteShape = z.strictObject({
  name: infraEnvCreateParams.shape.name.describe('of the cluster and of the infra-env; one site of a name'),
  pull_secret: infraEnvCreateParams.shape.pull_secret,
  cluster: asCluster.describe('the fields of POST /v2/clusters'),
  install_config_overrides: z
    .union([z.record(z.string(), z.json()), z.string().refine(isMembers, { error: wantsMembers })], {
      error: wantsMembers,
    })
    .optional()
    .describe('members of the install-config, as PATCH /v2/clusters/{id}/install-config takes them; empty for none'),
  manifests: z
    .array(manifest)
    .optional()
    .describe('all manifests of the cluster: those that are there and not in this list are deleted'),
  infra_env: asInfraEnv
    .prefault({})
    .describe('the fields of POST /v2/infra-envs; image_type: disconnected-iso unless given'),
});

export type SiteManifest = z.infer<typeof manifest>;

export interface Site {
  /** As the person named it. */
  readonly path: string;
  readonly name: string;
  readonly pullSecret: string;
  readonly cluster: Readonly<Record<string, unknown>>;
  /** JSON text; absent where the file says nothing of them. */
  readonly overrides?: string;
  /** Absent where the file says nothing of them. */
  readonly manifests?: readonly SiteManifest[];
  readonly infraEnv: Readonly<Record<string, unknown>>;
}

export interface Reading {
  readonly path: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

const secretSource = z.strictObject({ file: z.string().min(1) }).or(z.strictObject({ env: z.string().min(1) }));

const fromFile = async (name: string, { path }: Reading): Promise<string> => {
  const file = resolve(dirname(path), name.replace(/^~(?=\/)/, homedir()));
  const text = await readFile(file, 'utf8').catch((cause) => Promise.reject(unreadable(file, cause)));
  return text.replace(/^\uFEFF/, '').trimEnd();
};

const fromEnvironment = (name: string, { path, env }: Reading): string => {
  const value = env[name];
  if (value === undefined || value === '')
    throw new CommandFailure(`${path}: the environment variable ${name} is not set`);
  return value;
};

/** Puts the texts in that a file or the environment holds: `{ file: NAME }` and `{ env: NAME }` may stand for any text. */
const filled = async (value: unknown, reading: Reading): Promise<unknown> => {
  const source = secretSource.safeParse(value);
  if (source.success) {
    return 'file' in source.data ? fromFile(source.data.file, reading) : fromEnvironment(source.data.env, reading);
  }
  if (Array.isArray(value)) return Promise.all(value.map((each) => filled(each, reading)));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(async ([key, each]) => [key, await filled(each, reading)] as const);
  return Object.fromEntries(await Promise.all(entries));
};

const parsed = (text: string, path: string): unknown => {
  try {
    return load(text);
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    throw new CommandFailure(`${path}: line ${(error.mark?.line ?? 0) + 1}: ${error.reason}`, { cause: error });
  }
};

/** Of one file; more would hide the first ones. */
const mostFaults = 5;

const faultOf = (issue: z.core.$ZodIssue): string => {
  const field = issue.path.join('.');
  const wantsText = issue.code === 'invalid_type' && issue.expected === 'string';
  const hint = wantsText && field.endsWith('version') ? ': put it into quotes, "4.20"' : '';
  return `${field === '' ? '' : `${field}: `}${issue.message}${hint}`;
};

const wrong = (path: string, { issues }: z.ZodError): CommandFailure => {
  const faults = issues.slice(0, mostFaults).map(faultOf);
  const more = issues.length > mostFaults ? [`${issues.length - mostFaults} more`] : [];
  return new CommandFailure(`${path}: ${[...faults, ...more].join('; ')}`);
};

const documentOf = async (path: string): Promise<unknown> =>
  parsed(await readFile(path, 'utf8').catch((cause) => Promise.reject(unreadable(path, cause))), path);

const overridesText = (overrides: object | string): string => {
  if (typeof overrides === 'string') return overrides;
  return Object.keys(overrides).length === 0 ? '' : JSON.stringify(overrides);
};

/**
 * Reads a site's file. Names of files in it are meant from where it lies.
 *
 * @throws CommandFailure that names the file and the field; never a value
 */
export const readSite = async (reading: Reading): Promise<Site> => {
  const { path } = reading;
  const result = siteShape.safeParse(await filled(await documentOf(path), reading));
  if (!result.success) throw wrong(path, result.error);
  const {
    name,
    pull_secret: pullSecret,
    cluster,
    infra_env,
    manifests,
    install_config_overrides: overrides,
  } = result.data;
  const infraEnv = { ...infra_env, image_type: infra_env.image_type || 'disconnected-iso' };
  return {
    path,
    name,
    pullSecret,
    cluster,
    infraEnv,
    ...(overrides === undefined ? {} : { overrides: overridesText(overrides) }),
    ...(manifests === undefined ? {} : { manifests }),
  };
};

const named = z.looseObject({ name: z.unknown() });

/** Reads of a site's file which site it is, and none of the files that it names for its settings. @throws CommandFailure */
export const readSiteName = async (reading: Reading): Promise<{ readonly name: string }> => {
  const document = named.safeParse(await documentOf(reading.path));
  const name = siteShape.pick({ name: true }).safeParse({ name: await filled(document.data?.name, reading) });
  if (!name.success) throw wrong(reading.path, name.error);
  return name.data;
};
