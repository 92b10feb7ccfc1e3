import type * as z from 'zod';
import type { OlderParams } from './cluster-setting-row.ts';
import {
  type AskedValues,
  type ClusterSettingKey,
  clusterSettingKeys,
  clusterSettingTable,
} from './cluster-setting-table.ts';
import { type ClusterSettings, clusterSettings } from './cluster-settings.ts';

const partialSettings = clusterSettings.exactPartial();

/** What a caller asks for in the stored form: absent keys are not asked for, an empty text asks for none. */
export type AskedSettings = z.infer<typeof partialSettings>;

type Params = { readonly [Key in ClusterSettingKey]?: AskedValues[Key] | null | undefined };

/** Recursive: for values whose depth a schema has bounded. */
const withoutNulls = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== 'object' || value === null) return value;
  const present = Object.entries(value).filter(([, member]) => member !== undefined && member !== null);
  return Object.fromEntries(present.map(([key, member]) => [key, withoutNulls(member)]));
};

const readOf = <Key extends ClusterSettingKey>(key: Key, params: Params, older: OlderParams): unknown =>
  clusterSettingTable[key].read(params[key], older);

/** Reads the settings of a request: nulls dropped, addresses and operators' names in their one spelling. */
export const askedSettings = (params: Params & OlderParams): AskedSettings => {
  const asked = clusterSettingKeys.map((key) => [key, readOf(key, params, params)]);
  return partialSettings.parse(withoutNulls(Object.fromEntries(asked)));
};

const withoutEmptyTexts = (settings: object): Record<string, unknown> =>
  Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== ''));

const merged = (current: object | undefined, asked: object | undefined): object | undefined => {
  const members = withoutEmptyTexts({ ...current, ...asked });
  return Object.keys(members).length === 0 ? undefined : members;
};

const withMembers = clusterSettingKeys.filter((key) => clusterSettingTable[key].overlay === 'members');

const mergedIn = (current: object, asked: object) => (key: ClusterSettingKey) => [
  key,
  merged(Reflect.get(current, key), Reflect.get(asked, key)),
];

/** Lays what is asked for over what is there: an absent key keeps, an empty text clears. */
export const overlaid = (current: AskedSettings, asked: AskedSettings): AskedSettings =>
  partialSettings.parse(
    withoutNulls({
      ...withoutEmptyTexts({ ...current, ...asked }),
      ...Object.fromEntries(withMembers.map(mergedIn(current, asked))),
    }),
  );

/** The settings of a cluster of which nothing is known. */
export const emptySettings = (): ClusterSettings =>
  clusterSettings.parse(
    Object.fromEntries(
      clusterSettingKeys
        .map((key) => [key, clusterSettingTable[key].empty] as const)
        .filter(([, empty]) => empty !== undefined),
    ),
  );
