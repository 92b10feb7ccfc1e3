import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { infraEnvSettings } from '#domain/infra-env/settings.ts';
import { landings } from '#test/scenarios/landings.ts';

const text = readFileSync(new URL('../../docs/architecture.md', import.meta.url), 'utf8');
const rows = new Map([...text.matchAll(/^\| `(\w+)` \| (.*) \|$/gm)].map(([, setting, places]) => [setting, places]));

describe('the table of settings in architecture.md', () => {
  it.each(Object.keys(infraEnvSettings.shape))('says where %s lands', (setting) => {
    expect(rows.get(setting)).toBeDefined();
  });

  it.each(Object.keys(infraEnvSettings.shape))('calls %s carried only if that is tested', (setting) => {
    const tested = ['ssh_authorized_key', ...landings.flatMap(({ given }) => Object.keys(given))];
    expect(/^not in the ignition/.test(rows.get(setting) ?? '')).toBe(!tested.includes(setting));
  });
});
