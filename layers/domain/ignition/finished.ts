import { isDeepStrictEqual } from 'node:util';
import { failure, invalid } from '../errors.ts';
import type { Authentication } from '../release/installer-profile.ts';
import { excerpt } from '../values/printable.ts';
import type { Ignition } from './ignition.ts';
import { resourceText } from './resource.ts';
import { authenticationIn } from './tokens.ts';
import { variablesIn } from './variables.ts';

const pullSecretPath = '/root/.docker/config.json';

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** Whether the hosts get this very pull secret, whatever its layout. */
export const holdsPullSecret = ({ storage }: Ignition, pullSecret: string): boolean => {
  const { contents } = storage?.files?.find(({ path }) => path === pullSecretPath) ?? {};
  return (
    contents !== undefined && contents !== null && isDeepStrictEqual(parsed(resourceText(contents)), parsed(pullSecret))
  );
};

/** The files that the keys and tokens are in, and no others: what else looks like a token is somebody else's. */
const onlyOf = (ignition: Ignition, paths: ReadonlySet<string>): Ignition => ({
  ...ignition,
  storage: { files: (ignition.storage?.files ?? []).filter(({ path }) => paths.has(path)) },
});

/** Path of a file whose tokens are not all there, or not verified by the key beside them; undefined where all is well. */
const untrustedFile = (ignition: Ignition, { key, tokens }: Authentication): string | undefined => {
  const files = onlyOf(ignition, new Set([key, ...tokens].map(({ path }) => path)));
  const found = authenticationIn(variablesIn(files));
  const present = new Set((files.storage?.files ?? []).map(({ path }) => path));
  const isTrusted = ({ path, name }: { readonly path: string; readonly name: string }): boolean =>
    found.tokens.some((token) => token.path === path && token.name === name) &&
    !found.unverified.some((token) => token.path === path && token.name === name);
  return found.unverified[0]?.path ?? tokens.find((token) => present.has(token.path) && !isTrusted(token))?.path;
};

interface Expectation {
  /** undefined where the service on site lets everybody in. */
  readonly authentication: Authentication | undefined;
  readonly pullSecret: string;
  readonly override: Ignition | undefined;
}

const isOverridden = (override: Ignition | undefined, path: string): boolean => {
  const { files, directories, links } = override?.storage ?? {};
  return [...(files ?? []), ...(directories ?? []), ...(links ?? [])].some((node) => node.path === path);
};

/**
 * Checks that the hosts of a finished ignition can talk to each other, and hold the pull secret that they were given, unless
 * the override says otherwise.
 *
 * @throws InvalidInput when the override shuts the hosts out; InstallerRefused without the pull secret; Error when tokens and
 *   key do not belong together
 */
export const checkFinished = (ignition: Ignition, { authentication, pullSecret, override }: Expectation): void => {
  const path = authentication && untrustedFile(ignition, authentication);
  if (path !== undefined && override !== undefined) {
    throw invalid(
      `ignition_config_override: it changes ${excerpt(path)} or the key beside it, so that the service on site would refuse the hosts`,
    );
  }
  if (path !== undefined) throw new Error(`the tokens in ${path} do not belong to the key of the ignition`);
  if (!isOverridden(override, pullSecretPath) && !holdsPullSecret(ignition, pullSecret)) {
    throw failure('InstallerRefused', { reason: 'pull_secret: openshift-install leaves it out' });
  }
};
