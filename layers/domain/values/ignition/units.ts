import * as z from 'zod';
import { checked, flag, members, named } from './members.ts';
import { faultOfUnit } from './unit-text.ts';

/** NAME_MAX, and what systemd takes. */
const longestName = 255;

const unitName = z
  .string()
  .max(longestName)
  .regex(
    /^[\w:.@\\-]+\.(?:service|socket|device|mount|automount|swap|target|path|timer|snapshot|slice|scope)$/,
    'must be the name of a systemd unit',
  );

const dropinName = z
  .string()
  .max(longestName)
  .regex(/^[^/\0]+\.conf$/, 'must be the name of a .conf file');

const contents = checked(faultOfUnit).nullish();

const nameOf = (entry: { readonly name: string }): string => entry.name;

export const units = named(
  members({
    name: unitName,
    enabled: flag,
    mask: flag,
    contents,
    dropins: named(members({ name: dropinName, contents }), nameOf),
  }),
  nameOf,
);
