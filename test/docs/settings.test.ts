import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  clusterCreateParams,
  clusterUpdateParams,
  disconnectedClusterParams,
} from '#domain/cluster/cluster-settings.ts';
import { infraEnvCreateParams, infraEnvSettings } from '#domain/infra-env/infra-env-settings.ts';
import { landings, standardLandings } from '#test/scenarios/setting-samples.ts';
import { settingTables, withSettingTables } from '../../docs/setting-tables.ts';

const text = readFileSync(new URL('../../docs/architecture.md', import.meta.url), 'utf8');

describe('architecture.md', () => {
  it('has the tables of settings that the rows make (npm run docs)', () => {
    expect(withSettingTables(text)).toBe(text);
  });

  it('has every table', () => {
    expect([...text.matchAll(/<!-- table: ([\w ]+) -->\n\|/g)].map(([, name]) => name)).toEqual(
      Object.keys(settingTables),
    );
  });
});

const section = (heading: string): string =>
  text.split(/^#{2,3} /m).find((part) => part.startsWith(`${heading}\n`)) ?? '';

/** What a section's table says of one setting. */
const rowsOf = (heading: string): ReadonlyMap<string, string> =>
  new Map(
    [...section(heading).matchAll(/^\| `(\w+)` \| (.*) \|$/gm)].map(([, setting = '', places = '']) => [
      setting,
      places,
    ]),
  );

describe.each([
  ['Disconnected ISOs', landings.flatMap(({ given }) => Object.keys(given))],
  ['Full and minimal ISOs', standardLandings('full-iso').flatMap(({ given }) => Object.keys(given))],
])('the table of settings in architecture.md, "%s",', (heading, tested) => {
  const rows = rowsOf(heading);

  it.each(Object.keys(infraEnvCreateParams.shape))('says where %s lands', (setting) => {
    expect(rows.get(setting)).toBeDefined();
  });

  it.each(Object.keys(infraEnvSettings.shape))('calls %s carried only if that is tested', (setting) => {
    expect(/^not in the ignition/.test(rows.get(setting) ?? '')).toBe(!tested.includes(setting));
  });
});

describe('the table of the settings of a cluster in architecture.md', () => {
  const firstCells = [...section('Settings of a cluster').matchAll(/^\| (`.*?) \|/gm)].map(([, cell = '']) => cell);
  const listed = firstCells.flatMap((cell) => [...cell.matchAll(/`(\w+)`/g)].map(([, field]) => field));

  it('gives a reason for every field that a cluster can be given, once, and for no other', () => {
    const fields = [clusterCreateParams, clusterUpdateParams, disconnectedClusterParams].flatMap(({ shape }) =>
      Object.keys(shape),
    );
    expect(listed.toSorted()).toEqual([...new Set(fields)].toSorted());
  });
});
