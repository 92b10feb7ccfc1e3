import { fieldLandings } from '#domain/infra-env/infra-env-fields.ts';
import { changedSettings } from '#domain/infra-env/setting-application.ts';
import { settingKeys, settingTable } from '#domain/infra-env/setting-table.ts';
import type { Draft } from '../wizard/draft/draft.ts';
import { settingsOf } from '../wizard/draft/settings.ts';
import { contentsOf, type Item } from './contents.ts';

const type = 'disconnected-iso';

/** By the name of a file or unit: the setting that put it there, or added to it. */
type Origin = (item: Item) => string | undefined;

/** The paths and units that a landing names in backticks; `<N>` stands for a number. */
const placesIn = (where: string): readonly RegExp[] =>
  [...where.matchAll(/`(\/[^`]+|[\w-]+\.service)`/g)].map(([, place = '']) => {
    const pattern = place.replaceAll('.', '\\.').replaceAll('<N>', '\\d+');
    return new RegExp(`^${pattern}${place.endsWith('/') ? '' : '(?:/|$)'}`);
  });

const overridden = (override: string | undefined): ReadonlySet<string> =>
  new Set(override === undefined ? [] : contentsOf(override).map(({ name }) => name));

/** Where the items of an ignition come from, by the rows that docs/architecture.md is written from. */
export const originsOf = (draft: Draft): Origin => {
  const settings = changedSettings({}, { call: 'update', type, params: settingsOf(draft) });
  const byOverride = overridden(settings.ignition_config_override);
  const set = settingKeys.filter((key) => settings[key] !== undefined);
  const added = set.map((key) => {
    const { files = [], units = [] } = settingTable[key].lands[type].adds(settings);
    return { key, names: [...files.map(({ path }) => path), ...units.map(({ name }) => name)] };
  });
  const named = [
    { key: 'pull_secret', places: placesIn(fieldLandings.pull_secret[type]) },
    ...set.map((key) => ({ key, places: placesIn(settingTable[key].lands[type].where) })),
  ];
  return ({ name }) => {
    if (byOverride.has(name)) return 'ignition_config_override';
    return (
      added.find(({ names }) => names.includes(name))?.key ??
      named.find(({ places }) => places.some((place) => place.test(name)))?.key
    );
  };
};
