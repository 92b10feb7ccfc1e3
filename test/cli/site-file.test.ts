import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { completionScript, shells } from '#cli/completion.ts';
import { failureLine } from '#cli/failure-line.ts';
import { sizeText } from '#cli/release-text.ts';
import { siteExample } from '#cli/site/site-example.ts';
import { readSite } from '#cli/site/site-file.ts';
import { siteSchema } from '#cli/site/site-schema.ts';
import { temporaryFolder } from '#test/fakes/temporary-folder.ts';

const read = async (text: string, env: Readonly<Record<string, string>> = {}) => {
  const path = join(await temporaryFolder(), 'site.yaml');
  await writeFile(path, text);
  await writeFile(path.replace('site.yaml', 'secret.json'), '{"auths":{}}\n');
  return readSite({ path, env });
};

const cluster = 'cluster: { openshift_version: "4.20" }';

describe("a site's file", () => {
  it('takes any text from a file beside it or from the environment', async () => {
    const text = `name: { env: SITE }\npull_secret: { file: secret.json }\n${cluster}\ninfra_env: { rendezvous_ip: { env: IP } }\n`;
    expect(await read(text, { SITE: 'edge', IP: '192.0.2.1' })).toMatchObject({
      name: 'edge',
      pullSecret: '{"auths":{}}',
      cluster: { openshift_version: '4.20' },
      infraEnv: { rendezvous_ip: '192.0.2.1', image_type: 'disconnected-iso' },
    });
  });

  it.each<[string, string, RegExp]>([
    ['is not YAML', 'name: [', /site\.yaml: line 1: /],
    ['has a field that no site has', `name: a\npull_secret: b\n${cluster}\nhosts: []`, /Unrecognized key: "hosts"/],
    [
      'has a field that the API does not know',
      `name: a\npull_secret: b\n${cluster}\ninfra_env: { ntp: x }`,
      /infra_env: .*"ntp"/,
    ],
    [
      'has a number for a version',
      'name: a\npull_secret: b\ncluster: { openshift_version: 4.20 }',
      /version: .*put it into quotes/,
    ],
    [
      'names a file that is not there',
      `name: a\npull_secret: { file: nowhere }\n${cluster}`,
      /nowhere cannot be read: there is no such file/,
    ],
    [
      'names a variable that is not set',
      `name: a\npull_secret: { env: NOWHERE }\n${cluster}`,
      /the environment variable NOWHERE is not set/,
    ],
  ])('that %s is refused in one line', async (_, text, reason) => {
    const line = await read(text).then(() => 'no failure', failureLine);
    expect(line).toMatch(reason);
    expect(line).not.toContain('\n');
  });

  it('is shown by an example', async () => {
    expect(load(siteExample)).toMatchObject({ name: 'edge-1', cluster: { openshift_version: '4.20' } });
  });

  it('is described by the schema in docs/ (npm run docs)', async () => {
    const written = await readFile(join(import.meta.dirname, '../../docs/site.schema.json'), 'utf8');
    expect(JSON.parse(written)).toEqual(JSON.parse(JSON.stringify(siteSchema())));
  });
});

it.each(shells)('%s completes commands and their options', (shell) => {
  const script = completionScript(shell);
  for (const word of ['release', 'site', 'apply', '--infra-env', '--wait', '--allow-unsigned'])
    expect(script).toContain(word);
});

it.each([
  [900, '0.9 kB'],
  [97_300, '97 kB'],
  [612_000_000, '612 MB'],
  [45_100_000_000, '45.1 GB'],
])('%i bytes are %s', (bytes, text) => expect(sizeText(bytes)).toBe(text));
