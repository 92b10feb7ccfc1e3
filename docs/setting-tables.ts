import { clusterFieldLandings } from '#domain/cluster/cluster-fields.ts';
import type { SiteLandings } from '#domain/cluster/cluster-setting-row.ts';
import { clusterSettingKeys, clusterSettingTable } from '#domain/cluster/cluster-setting-table.ts';
import type { ImageType } from '#domain/infra-env/image-type.ts';
import { fieldLandings } from '#domain/infra-env/infra-env-fields.ts';
import { settingKeys, settingTable } from '#domain/infra-env/setting-table.ts';

type Row = readonly string[];

const theSame = 'the same';

const code = (name: string): string => `\`${name}\``;

const line = (cells: Row): string => `| ${cells.join(' | ')} |`;

const table = (head: Row, rows: readonly Row[]): string =>
  [line(head), `|${head.map(() => '---|').join('')}`, ...rows.map(line)].join('\n');

interface Landed {
  readonly name: string;
  readonly places: Readonly<Record<ImageType, string>>;
}

const placesOf = (key: (typeof settingKeys)[number]): Landed['places'] => {
  const { lands } = settingTable[key];
  return {
    'disconnected-iso': lands['disconnected-iso'].where,
    'full-iso': lands['full-iso'].where,
    'minimal-iso': lands['minimal-iso'].where,
  };
};

const landed: readonly Landed[] = [
  ...Object.entries(fieldLandings).map(([name, places]) => ({ name, places })),
  ...settingKeys.map((key) => ({ name: key, places: placesOf(key) })),
];

/** What an ignition holds whatever is set. */
const alwaysThere: readonly Row[] = [
  ['fixed registry mirrors', '`/etc/containers/registries.conf`, by the binary', "in the OVE ISO's base ignition"],
  [
    '–',
    '`/etc/assisted/interactive-ui`, `/etc/assisted/no-config-image`, by the binary',
    'the same files, by the merge',
  ],
  ['–', "`INFRA_ENV_ID` is the infra-env's id, set by the merge", theSame],
];

const disconnectedTable = (): string =>
  table(
    ['Setting', 'Binary with `--interactive`', 'Binary without'],
    [...landed.map(({ name, places }) => [code(name), places['disconnected-iso'], theSame]), ...alwaysThere],
  );

const standardTable = (): string =>
  table(
    ['Setting', 'Full ISO', 'Minimal ISO'],
    landed.map(({ name, places: { 'full-iso': full, 'minimal-iso': minimal } }) => [
      code(name),
      full,
      minimal === full ? theSame : minimal,
    ]),
  );

const pairsTable = (): string =>
  table(
    ['Setting', 'Beside', 'What there is between them'],
    settingKeys.flatMap((key) =>
      Object.entries(settingTable[key].pairs).map(([other, rule]) => [code(key), code(other), rule]),
    ),
  );

/** Fields that land alike share a line. */
const clusterTable = (): string => {
  const fields = [
    ...Object.entries(clusterFieldLandings),
    ...clusterSettingKeys
      .filter((key) => clusterSettingTable[key].calls.length > 0)
      .map((key): [string, SiteLandings] => [key, clusterSettingTable[key].lands]),
  ];
  const alike = Map.groupBy(fields, ([, landings]) => JSON.stringify(landings));
  return table(
    ['Field', 'Interactive: why it has no place in the ignition', 'Prefilled', 'Unattended'],
    [...alike.values()].map((group) => {
      const [[, { interactive, prefilled, unattended }]] = group as [[string, SiteLandings]];
      return [group.map(([field]) => code(field)).join(', '), interactive, prefilled, unattended];
    }),
  );
};

const readersTable = (): string =>
  table(
    ['Setting', 'Last reader'],
    settingKeys.map((key) => [code(key), settingTable[key].lastReader]),
  );

/** The tables of architecture.md by the name of the marker in front of each. */
export const settingTables: Readonly<Record<string, () => string>> = {
  'disconnected ISOs': disconnectedTable,
  'full and minimal ISOs': standardTable,
  'last readers': readersTable,
  'pairs of settings': pairsTable,
  'settings of a cluster': clusterTable,
};

/** The text with every table behind its marker `<!-- table: name -->` written from the rows. */
export const withSettingTables = (text: string): string =>
  text.replaceAll(/<!-- table: ([\w ]+) -->\n(?:\|.*\n)*/g, (_, name: string) => {
    const write = settingTables[name];
    if (write === undefined) throw new Error(`architecture.md: no table is called ${name}`);
    return `<!-- table: ${name} -->\n${write()}\n`;
  });
