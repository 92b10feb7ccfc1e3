import { clusterSettingTable } from '#domain/cluster/cluster-setting-table.ts';
import { fieldLandings } from '#domain/infra-env/infra-env-fields.ts';
import { changedSettings } from '#domain/infra-env/setting-application.ts';
import { settingKeys, settingTable } from '#domain/infra-env/setting-table.ts';
import { type Draft, isInteractive } from '../wizard/draft/draft.ts';
import { clusterSettingsOf, settingsOf } from '../wizard/draft/settings.ts';
import { contentsOf, type Item } from './contents.ts';

const type = 'disconnected-iso';

/** By the name of a file or unit: the settings that put it there, or added to it. */
type Origins = (item: Item) => readonly string[];

type IsMade = (name: string) => boolean;

/** A setting, and whether it put a file or unit of this name there. */
interface Source {
  readonly key: string;
  readonly makes: IsMade;
  /** Whether it put the folder there that the file is in: said of a file that no setting is named for. */
  readonly fills: IsMade;
}

/** The paths and units that a landing names in backticks; `<N>` stands for a number. */
const placesIn = (where: string): readonly string[] =>
  [...where.matchAll(/`(\/[^`]+|[\w-]+\.service)`/g)].map(([, place = '']) => place);

const isLike = (place: string, below = ''): IsMade => {
  const pattern = place.replace(/\/$/, '').replaceAll('.', '\\.').replaceAll('<N>', '\\d+');
  const whole = new RegExp(`^${pattern}${below}$`);
  return (name) => whole.test(name);
};

/** Where the binary leaves the manifests, which landings call by their names alone. */
const manifests = '/etc/assisted/manifests/';

const isAny =
  (tests: readonly IsMade[]): IsMade =>
  (name) =>
    tests.some((test) => test(name));

const landsIn = (where: string): Omit<Source, 'key'> => {
  const places = placesIn(where);
  const files = [...where.matchAll(/(?<![\w/.-])[\w-]+\.yaml/g)].map(([name]) => `${manifests}${name}`);
  return {
    makes: isAny([(name) => files.includes(name), ...places.map((place) => isLike(place))]),
    fills: isAny(places.map((place) => isLike(place, '/.+'))),
  };
};

const overridden = (override: string | undefined): ReadonlySet<string> =>
  new Set(override === undefined ? [] : contentsOf(override).map(({ name }) => name));

const isSet = (value: unknown): boolean => (Array.isArray(value) ? value.length > 0 : value !== '');

const clusterSources = (draft: Draft): readonly Source[] => {
  if (isInteractive(draft)) return [];
  const way = draft.texts.installation as 'prefilled' | 'unattended';
  const set = Object.entries(clusterSettingsOf(draft)).filter(([, value]) => isSet(value));
  return set.map(([key]) => ({
    key,
    ...landsIn(clusterSettingTable[key as keyof ReturnType<typeof clusterSettingsOf>].lands[way]),
  }));
};

/** Where the items of an ignition come from, by the rows that docs/architecture.md is written from. */
export const originsOf = (draft: Draft): Origins => {
  const settings = changedSettings({}, { call: 'update', type, params: settingsOf(draft) });
  const byOverride = overridden(settings.ignition_config_override);
  const settingSources = settingKeys
    .filter((key) => settings[key] !== undefined)
    .map((key): Source => {
      const { where, adds } = settingTable[key].lands[type];
      const { files = [], units = [] } = adds(settings);
      const added = [...files.map(({ path }) => path), ...units.map(({ name }) => name)];
      if (Object.keys(settingTable[key].manifestSpec(settings)).length > 0) added.push(`${manifests}infraenv.yaml`);
      const lands = landsIn(where);
      return { key, ...lands, makes: isAny([(name) => added.includes(name), lands.makes]) };
    });
  const sources = [
    { key: 'pull_secret', ...landsIn(fieldLandings.pull_secret[type]) },
    ...settingSources,
    ...clusterSources(draft),
  ];
  return ({ name }) => {
    if (byOverride.has(name)) return ['ignition_config_override'];
    const makers = sources.filter(({ makes }) => makes(name));
    return (makers.length > 0 ? makers : sources.filter(({ fills }) => fills(name))).map(({ key }) => key);
  };
};
