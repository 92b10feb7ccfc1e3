import { execFileSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { completionScript, type Shell, shells } from '#cli/completion.ts';
import { failureLine } from '#cli/failure-line.ts';
import { sizeText } from '#cli/release-text.ts';
import { siteExample } from '#cli/site/site-example.ts';
import { readSite } from '#cli/site/site-file.ts';
import { siteSchema } from '#cli/site/site-schema.ts';
import { clusterCreateParams, clusterUpdateParams } from '#domain/cluster/cluster-settings.ts';
import { infraEnvCreateParams, infraEnvUpdateParams } from '#domain/infra-env/infra-env-settings.ts';
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
      'has several faults',
      'name: 5\npull_secret: b\ncluster: { openshift_version: 4.20, foo: 1 }\nbar: 2',
      /name: .*; cluster\.openshift_version: .*put it into quotes, "4\.20"; cluster: .*"foo"; .*"bar"/,
    ],
    [
      'has overrides that are a list',
      `name: a\npull_secret: b\n${cluster}\ninstall_config_overrides: [1]`,
      /install_config_overrides: should be members of the install-config as YAML, or a text that is JSON of them/,
    ],
    [
      'has overrides that are no JSON',
      `name: a\npull_secret: b\n${cluster}\ninstall_config_overrides: "{"`,
      /install_config_overrides: should be members of the install-config as YAML, or a text that is JSON of them/,
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

  it('takes manifests and overrides of the install-config, a text of which may be in a file', async () => {
    const more =
      'install_config_overrides: { fips: true }\nmanifests: [{ file_name: a.yaml, content: { file: secret.json } }]';
    expect(await read(`name: a\npull_secret: b\n${cluster}\n${more}`)).toMatchObject({
      overrides: '{"fips":true}',
      manifests: [{ folder: 'manifests', file_name: 'a.yaml', content: '{"auths":{}}' }],
    });
  });

  it('takes a file of Windows, which begins with a byte order mark and ends its lines with two characters', async () => {
    const path = join(await temporaryFolder(), 'site.yaml');
    await writeFile(path, `\uFEFFname: a\r\npull_secret: { file: secret.json }\r\n${cluster}\r\n`);
    await writeFile(path.replace('site.yaml', 'secret.json'), '\uFEFF{"auths":{}}\r\n');
    expect(await readSite({ path, env: {} })).toMatchObject({ name: 'a', pullSecret: '{"auths":{}}' });
  });

  const written = {
    cluster: { ...clusterCreateParams.shape, ...clusterUpdateParams.shape },
    infra_env: { ...infraEnvCreateParams.shape, ...infraEnvUpdateParams.shape },
  };
  /** Said once for both, what a site is (one cluster and its infra-env), and what a PATCH refuses or has in another field. */
  const elsewhere = {
    cluster: ['name', 'pull_secret', 'api_vip_dns_name', 'machine_network_cidr'],
    infra_env: ['name', 'pull_secret', 'cluster_id', 'openshift_version'],
  };

  it.each(['cluster', 'infra_env'] as const)('takes every property of a %s that the API takes', async (part) => {
    const properties = Object.keys(written[part]).filter((name) => !elsewhere[part].includes(name));
    expect(properties.length).toBeGreaterThan(15);
    const fields = Object.fromEntries(properties.map((name) => [name, null]));
    const document = { name: 'a', pull_secret: 'b', cluster: {}, infra_env: {}, [part]: fields };
    document.cluster = { ...document.cluster, openshift_version: '4.20' };
    const site = await read(JSON.stringify(document));
    expect(part === 'cluster' ? site.cluster : site.infraEnv).toMatchObject(
      Object.fromEntries(properties.filter((name) => !/version|image_type/.test(name)).map((name) => [name, null])),
    );
  });

  it('is shown by an example', async () => {
    expect(load(siteExample)).toMatchObject({ name: 'edge-1', cluster: { openshift_version: '4.20' } });
  });

  it('is described by the schema in docs/ (npm run docs)', async () => {
    const written = await readFile(join(import.meta.dirname, '../../docs/site.schema.json'), 'utf8');
    expect(JSON.parse(written)).toEqual(JSON.parse(JSON.stringify(siteSchema())));
  });
});

describe('completion', () => {
  it.each(shells)('of %s has commands and their options', (shell) => {
    const script = completionScript(shell);
    for (const word of ['release', 'site', 'apply', '--infra-env', '--wait', '--allow-unsigned'])
      expect(script).toContain(word);
  });

  /** What bash offers once these words are typed and Tab is pressed: it has a function of a completion fill COMPREPLY. */
  const offered = (typed: string): readonly string[] => {
    const words = typed.split(' ');
    const script = `${completionScript('bash')}\nCOMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _ove\nprintf '%s\\n' "\${COMPREPLY[@]}"`;
    const output = execFileSync('bash', ['--norc', '-c', script, 'bash', ...words], { encoding: 'utf8' });
    return output.split('\n').filter((line) => line !== '');
  };

  it.each<[string, readonly string[]]>([
    ['ove ', ['release', 'iso', 'site', 'smoke', 'completion']],
    ['ove si', ['site']],
    ['ove smoke --stack Edge --', ['--stack', '--data', '--release', '--help']],
    ['ove completion ', ['bash', 'zsh', 'fish']],
    ['ove site d', ['diff', 'delete']],
    ['ove site apply --i', ['--iso', '--ignition', '--iam']],
    ['ove site apply site.yaml --w', ['--wait']],
    ['ove release verify --j', ['--json']],
    ['ove release remove 4.20.3 --a', ['--arch']],
    ['ove iso patch x.iso --infra', ['--infra-env']],
    ['ove iso restore --', ['--help']],
    ['ove nothing ', []],
  ])('in bash of `%s` is %j', (typed, words) => {
    expect([...offered(typed)].sort()).toEqual([...words].sort());
  });

  it('is registered with bash for `ove`', () => {
    const script = `${completionScript('bash')}\ncomplete -p ove`;
    expect(execFileSync('bash', ['--norc', '-c', script], { encoding: 'utf8' })).toBe(
      'complete -o default -F _ove ove\n',
    );
  });

  /** The lines of a script that say what follows which words, and the lines around them. */
  const readScript = (shell: Shell) => {
    const branch = /^ {4}(?:case )?('.*?)(?:\) (?:words='(.*)'|next=\((.*)\)) ;;|; string split ' ' -- '(.*)')$/;
    const lines = completionScript(shell).split('\n');
    const read = lines.map((line) => ({ line, found: branch.exec(line) }));
    return {
      branches: read.flatMap(({ found }) =>
        found === null ? [] : [[found[1]?.replace(/' (?:\| )?'.*/, "'"), found.slice(2).find((words) => words)]],
      ),
      frame: read.filter(({ found }) => found === null).map(({ line }) => line),
    };
  };

  // The frames were tried in zsh 5.9, with and without a compinit before them, and in fish 3.6: both offer what bash offers.
  it.each<[Shell, readonly string[]]>([
    [
      'zsh',
      [
        '(( $+functions[compdef] )) || { autoload -Uz compinit && compinit }',
        '_ove() {',
        '  local -a next',
        `  case "\${(j: :)words[2,CURRENT < 4 ? CURRENT - 1 : 3]}" in`,
        '  esac',
        '  compadd -a next || _files',
        '}',
        'compdef _ove ove',
      ],
    ],
    [
      'fish',
      [
        'function __ove_next',
        '  set -l before (commandline -opc)[2..3]',
        '  switch "$before"',
        '  end',
        'end',
        "complete -c ove -f -n 'test (count (commandline -opc)) -lt 3'",
        "complete -c ove -a '(__ove_next)'",
      ],
    ],
  ])('in %s is in words of its own, around the words of bash', (shell, frame) => {
    const { branches } = readScript('bash');
    expect(branches.length).toBeGreaterThan(10);
    expect(readScript(shell)).toEqual({ branches, frame });
  });
});

it.each([
  [900, '0.9 kB'],
  [97_300, '97 kB'],
  [612_000_000, '612 MB'],
  [45_100_000_000, '45.1 GB'],
])('%i bytes are %s', (bytes, text) => expect(sizeText(bytes)).toBe(text));
