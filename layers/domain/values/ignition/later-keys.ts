import type { IgnitionVersion } from './versions.ts';

type Path = readonly string[];

/** What each version of the specification has added to the one before; `*` is any entry of a list. */
const added: Readonly<Record<Exclude<IgnitionVersion, '3.1.0'>, readonly string[]>> = {
  '3.2.0': [
    'storage.luks',
    'storage.disks.*.partitions.*.resize',
    'passwd.users.*.shouldExist',
    'passwd.groups.*.shouldExist',
  ],
  '3.3.0': ['kernelArguments'],
  '3.4.0': ['storage.luks.*.discard', 'storage.luks.*.openOptions', 'storage.luks.*.clevis.tang.*.advertisement'],
  '3.5.0': ['storage.luks.*.cex'],
};

const without = (value: unknown, [name = '', ...deeper]: Path): unknown => {
  if (Array.isArray(value)) return name === '*' ? value.map((entry) => without(entry, deeper)) : value;
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value);
  if (deeper.length === 0) return Object.fromEntries(members.filter(([key]) => key !== name));
  return Object.fromEntries(members.map(([key, member]) => [key, key === name ? without(member, deeper) : member]));
};

/**
 * A config without the keys that only later versions of the specification know. Ignition passes over them, so nothing may
 * look into them either, and a merge that raises the version must not bring them to life.
 */
export const withoutLaterKeys = (config: unknown, version: IgnitionVersion): unknown =>
  Object.entries(added)
    .filter(([since]) => since > version)
    .flatMap(([, paths]) => paths)
    .reduce((kept, path) => without(kept, path.split('.')), config);
