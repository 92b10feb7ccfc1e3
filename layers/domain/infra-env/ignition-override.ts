import type * as z from 'zod';
import { invalid } from '../errors.ts';
import { type IgnitionConfig, ignitionConfigOf } from '../values/ignition/ignition-config.ts';
import { withoutLaterKeys } from '../values/ignition/later-keys.ts';
import { checkTree } from '../values/ignition/node-tree.ts';
import { type IgnitionVersion, ignitionVersions } from '../values/ignition/versions.ts';
import { entriesOf, JsonFault, parseJson } from '../values/json.ts';
import { excerpt } from '../values/printable.ts';

/** Characters; the packed ignition may have 256 KiB, and text packs well. */
const longestOverride = 1024 * 1024;

/** In the words of the assisted-service API. The text itself is not repeated: it may hold password hashes and keys. */
export const refusedOverride = (error: string, report = ''): Error =>
  invalid(`error parsing ignition: ${error}, error report: ${report}`);

const parse = (text: string): unknown => {
  if (text.length > longestOverride) {
    throw refusedOverride('config is too long', `at most ${longestOverride} characters`);
  }
  try {
    return parseJson(text);
  } catch (error) {
    if (!(error instanceof JsonFault) || error.kind === 'malformed') throw refusedOverride('config is not valid JSON');
    throw refusedOverride('config is not valid', error.reason);
  }
};

const versionOf = (config: unknown): IgnitionVersion => {
  const version = entriesOf(entriesOf(config)?.get('ignition'))?.get('version');
  if (typeof version !== 'string') throw refusedOverride('invalid config version (no version was found)');
  const known = ignitionVersions.find((candidate) => candidate === version);
  if (known !== undefined) return known;
  throw refusedOverride(
    'unsupported config version',
    `${excerpt(version)} is not one of ${ignitionVersions.join(', ')}`,
  );
};

const placeOf = ({ path }: z.core.$ZodIssue): string => ['$', ...path.map(String)].join('.');

const reportOf = (issues: readonly z.core.$ZodIssue[]): string =>
  issues
    .map((issue) => `at ${placeOf(issue)}: ${issue.message}`)
    .slice(0, 10)
    .join('; ');

const checkShape = (config: unknown, version: IgnitionVersion): IgnitionConfig => {
  const { data, error } = ignitionConfigOf(version).safeParse(withoutLaterKeys(config, version));
  if (data) return data;
  throw refusedOverride('config is not valid', reportOf(error.issues));
};

/** On the host it would put another config in the place of everything, the settings of the infra-env included. */
const checkKeepsRest = ({ ignition }: IgnitionConfig): void => {
  if (ignition.config?.replace?.source) {
    throw refusedOverride('config is not valid', 'at $.ignition.config.replace: it would discard all other settings');
  }
};

/**
 * Checks that the text is an Ignition config of version 3.1.0 to 3.5.0 that Ignition takes, and that it leaves the rest of
 * the ignition in place. Its size within the ignition is judged where the ignition is made.
 *
 * @throws InvalidInput
 */
export const checkIgnitionOverride = (text: string): void => {
  const config = parse(text);
  const shaped = checkShape(config, versionOf(config));
  checkKeepsRest(shaped);
  checkTree(shaped);
};
