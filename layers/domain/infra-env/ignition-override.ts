import type * as z from 'zod';
import { invalid } from '../errors.ts';
import { type IgnitionConfig, ignitionConfig, ignitionVersions } from '../values/ignition-config.ts';
import { entriesOf, parseJson } from '../values/json.ts';
import { excerpt } from '../values/printable.ts';

/** Characters; the packed ignition may have 256 KiB, and text packs well. */
const longestOverride = 1024 * 1024;

/** In the words of the assisted-service API. The text itself is not repeated: it may hold password hashes and keys. */
const refused = (error: string, report = ''): Error =>
  invalid(`error parsing ignition: ${error}, error report: ${report}`);

const parse = (text: string): unknown => {
  if (text.length > longestOverride) throw refused('config is too long', `at most ${longestOverride} characters`);
  try {
    return parseJson(text);
  } catch {
    throw refused('config is not valid JSON');
  }
};

const checkVersion = (config: unknown): void => {
  const version = entriesOf(entriesOf(config)?.get('ignition'))?.get('version');
  if (typeof version !== 'string') throw refused('invalid config version (no version was found)');
  if (!ignitionVersions.some((known) => known === version)) {
    throw refused('unsupported config version', `${excerpt(version)} is none of ${ignitionVersions.join(', ')}`);
  }
};

const placeOf = ({ path }: z.core.$ZodIssue): string => ['$', ...path.map(String)].join('.');

const checkShape = (config: unknown): IgnitionConfig => {
  const { data, error } = ignitionConfig.safeParse(config);
  if (data) return data;
  throw refused(
    'config is not valid',
    error.issues
      .map((issue) => `at ${placeOf(issue)}: ${issue.message}`)
      .slice(0, 10)
      .join('; '),
  );
};

const repeated = (names: readonly string[]): string | undefined => {
  const seen = new Set<string>();
  return names.find((name) => seen.size === seen.add(name).size);
};

/** Each list has one entry per key; files, directories and links share their paths. */
const checkUnique = ({ storage, systemd, passwd }: IgnitionConfig): void => {
  const nodes = [...(storage?.files ?? []), ...(storage?.directories ?? []), ...(storage?.links ?? [])];
  const dropins = (systemd?.units ?? []).map(({ name, dropins: list }): [string, string[]] => [
    `$.systemd.units.${name}.dropins`,
    (list ?? []).map((dropin) => dropin.name),
  ]);
  const lists = {
    '$.storage': nodes.map(({ path }) => path),
    '$.systemd.units': (systemd?.units ?? []).map(({ name }) => name),
    '$.passwd.users': (passwd?.users ?? []).map(({ name }) => name),
    '$.passwd.groups': (passwd?.groups ?? []).map(({ name }) => name),
  };
  for (const [place, names] of [...Object.entries(lists), ...dropins]) {
    const name = repeated(names);
    if (name !== undefined)
      throw refused('config is not valid', `at ${place}: duplicate entry defined: ${excerpt(name)}`);
  }
};

/** On the host it would put another config in the place of everything, the settings of the infra-env included. */
const checkKeepsRest = ({ ignition }: IgnitionConfig): void => {
  if (ignition.config?.replace?.source) {
    throw refused('config is not valid', 'at $.ignition.config.replace: it would discard all other settings');
  }
};

/**
 * Checks that the text is an Ignition config of version 3.1.0 to 3.5.0: its sections, their types, that nothing is
 * defined twice, and that it leaves the rest of the ignition in place. Its size within the ignition is judged where the
 * ignition is made.
 *
 * @throws InvalidInput
 */
export const checkIgnitionOverride = (text: string): void => {
  const config = parse(text);
  checkVersion(config);
  const shaped = checkShape(config);
  checkUnique(shaped);
  checkKeepsRest(shaped);
};
