import type { Authentication } from '../release/installer-profile.ts';
import type { ArchivedFile } from './cpio-reader.ts';

/** What one run of config-image has invented and every later ignition of the infra-env keeps, by name. */
export type SiteCredentials = Readonly<Record<string, string>>;

/** What `agent create config-image` leaves beside its image. */
export interface AdminFiles {
  readonly kubeconfig: string;
  readonly 'kubeadmin-password': string;
}

/** undefined while no ISO of the infra-env was made. The caller has made sure whose infra-env it is. */
export type ReadAdminFiles = (infraEnvId: string, timeoutMs: number) => Promise<AdminFiles | undefined>;

export const adminFileNames = ['kubeconfig', 'kubeadmin-password'] as const;

const keyFolder = '/opt/agent/tls/';
const environmentFile = /\.env$/;

/** Tokens, and the key that verifies them. */
const inventedLine = /^(?<name>\w+_TOKEN|EC_PUBLIC_KEY_PEM)=(?<value>.*)$/gm;

const linesIn = ({ content }: ArchivedFile): readonly (readonly [string, string])[] =>
  [...content.toString('utf8').matchAll(inventedLine)].map(({ groups }) => [groups?.name ?? '', groups?.value ?? '']);

const inventedIn = (file: ArchivedFile): readonly (readonly [string, string])[] => {
  if (file.path.startsWith(keyFolder)) return [[file.path, file.content.toString('utf8')]];
  return environmentFile.test(file.path) ? linesIn(file) : [];
};

/** The keys, tokens and the password of one run, which belong together. */
export const siteCredentialsOf = (files: readonly ArchivedFile[], admin: AdminFiles): SiteCredentials => ({
  ...Object.fromEntries(files.flatMap(inventedIn)),
  ...admin,
});

const keyName = 'EC_PUBLIC_KEY_PEM';

/** Which variables of an archive let in at the service on site, and which verifies them; undefined where there are none. */
export const siteAuthentication = (files: readonly ArchivedFile[]): Authentication | undefined => {
  const variables = files
    .filter(({ path }) => environmentFile.test(path))
    .flatMap((file) => linesIn(file).map(([name]) => ({ path: file.path, name })));
  const key = variables.find(({ name }) => name === keyName);
  return key === undefined ? undefined : { key, tokens: variables.filter(({ name }) => name !== keyName) };
};

const missing = (name: string): Error => new Error(`the credentials of the infra-env lack ${name}`);

const kept = (credentials: SiteCredentials, name: string): string => {
  const value = credentials[name];
  if (value === undefined) throw missing(name);
  return value;
};

const rewritten = (file: ArchivedFile, credentials: SiteCredentials): ArchivedFile => {
  if (file.path.startsWith(keyFolder)) return { ...file, content: Buffer.from(kept(credentials, file.path)) };
  if (!environmentFile.test(file.path)) return file;
  const text = file.content
    .toString('utf8')
    .replaceAll(inventedLine, (_, name: string) => `${name}=${kept(credentials, name)}`);
  return { ...file, content: Buffer.from(text) };
};

/**
 * An archive with the infra-env's own credentials instead of what its run has invented: equal settings give equal bytes, and
 * hosts that booted from different revisions belong to one installation.
 *
 * @throws Error when the run invented something that the stored credentials lack
 */
export const withSiteCredentials = (
  files: readonly ArchivedFile[],
  credentials: SiteCredentials,
): readonly ArchivedFile[] => files.map((file) => rewritten(file, credentials));

interface Addressed {
  readonly name: string;
  readonly baseDomain: string;
}

/** The stored kubeconfig for the cluster as it is called now; its keys stay. */
export const kubeconfigFor = (kubeconfig: string, { name, baseDomain }: Addressed): string =>
  kubeconfig.replaceAll(/^(\s*server: ).*$/gm, (_, key: string) => `${key}https://api.${name}.${baseDomain}:6443`);
