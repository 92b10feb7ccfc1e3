import { writeFile } from 'node:fs/promises';
import { CommandFailure } from '#adapters/command-failure.ts';
import type { Sign } from '../api/api-request.ts';
import { readApi, runningApi } from '../api/find-api.ts';
import { usualData } from '../release-target.ts';
import { commandLine, type OptionKinds, type Words } from '../words.ts';
import { applySite, siteDifferences } from './apply-site.ts';
import { differenceLines } from './difference-text.ts';
import { deleteSite, type KnownSite, knownSites } from './known-sites.ts';
import { type Shown, showEach } from './show-each.ts';
import { type SiteApi, siteApi } from './site-api.ts';
import { saveIgnition, saveIso, waitForSite } from './site-artifacts.ts';
import { siteExample } from './site-example.ts';
import { exportedSite } from './site-export.ts';
import type { Site } from './site-file.ts';
import { help } from './site-help.ts';
import { siteSchema } from './site-schema.ts';

/** What the commands need of the process that they run in. */
export interface SiteContext extends Shown {
  /** Signs with the AWS credentials of the environment. */
  readonly signer: () => Promise<Sign>;
}

type CommandName = Exclude<keyof typeof help, 'overview'>;

interface Command {
  readonly options: OptionKinds;
  readonly plan: (words: Words) => (context: SiteContext) => Promise<void>;
}

const remote = { api: 'string', data: 'string', iam: 'boolean', json: 'boolean' } as const;

const { misuse, readWords } = commandLine({ typed: 'ove site', common: { help: 'boolean' } });

const filesOf = ({ positionals }: Words, command: CommandName): readonly string[] => {
  if (positionals.length === 0) throw misuse('which site? Name its file', command);
  return positionals;
};

const accessOf = ({ text, flag }: Words, command: CommandName) => {
  const [api, data] = [text('api'), text('data')];
  if (api !== undefined && data !== undefined)
    throw misuse('--api names an address, --data a local stack: choose one', command);
  const address = api === undefined ? undefined : readApi(api, (reason) => misuse(reason, command));
  return async ({ signal, env, signer }: SiteContext): Promise<SiteApi> =>
    siteApi({
      api: address ?? (await runningApi(data ?? usualData)),
      signal,
      token: flag('iam') ? undefined : env.OVE_IGNITION_TOKEN,
      ...(flag('iam') ? { sign: await signer() } : {}),
    });
};

interface Target {
  readonly option: 'iso' | 'ignition';
  readonly name: string;
}

const targetOf = ({ text }: Words, files: readonly string[]): Target | undefined => {
  const given = (['iso', 'ignition'] as const).flatMap((option) => {
    const name = text(option);
    return name === undefined ? [] : [{ option, name }];
  });
  const [target] = given;
  if (given.length > 1) throw misuse('--iso or --ignition: choose one', 'apply');
  if (target !== undefined && files.length > 1 && !target.name.includes('{name}')) {
    throw misuse(`--${target.option} of several sites needs a name with {name} in it`, 'apply');
  }
  return target;
};

const applyCommand: Command = {
  options: { ...remote, wait: 'boolean', iso: 'string', ignition: 'string' },
  plan: (words) => {
    const files = filesOf(words, 'apply');
    const [access, target] = [accessOf(words, 'apply'), targetOf(words, files)];
    return async (context) => {
      const api = await access(context);
      const known = await knownSites(api);
      const work = async (site: Site) => {
        const { change, fields, cluster, infraEnv } = await applySite(api, site, known(site.name));
        const path = target?.name.replaceAll('{name}', site.name);
        if (words.flag('wait')) await waitForSite(api, infraEnv);
        if (path !== undefined) await (target?.option === 'iso' ? saveIso : saveIgnition)(api, infraEnv, path);
        const details = [fields.join(', '), path === undefined ? '' : `in ${path}`]
          .filter((text) => text !== '')
          .join(', ');
        return {
          result: change,
          details: details || `infra-env ${infraEnv.id}`,
          cluster_id: cluster.id,
          infra_env_id: infraEnv.id,
        };
      };
      await showEach({ context, files, json: words.flag('json'), work });
    };
  },
};

const isWhole = (known: KnownSite | undefined): known is Required<KnownSite> => known?.infraEnv !== undefined;

const diffCommand: Command = {
  options: remote,
  plan: (words) => {
    const [files, access] = [filesOf(words, 'diff'), accessOf(words, 'diff')];
    return async (context) => {
      const api = await access(context);
      const known = await knownSites(api);
      const work = async (site: Site) => {
        const found = known(site.name);
        if (!isWhole(found)) return { result: 'would be created' };
        const lines = differenceLines(await siteDifferences(api, site, found));
        return { result: lines.length === 0 ? 'equal' : 'differs', details: lines.join('; ') };
      };
      await showEach({ context, files, json: words.flag('json'), work });
    };
  },
};

const deleteCommand: Command = {
  options: remote,
  plan: (words) => {
    const [files, access] = [filesOf(words, 'delete'), accessOf(words, 'delete')];
    return async (context) => {
      const api = await access(context);
      const known = await knownSites(api);
      const work = async ({ name }: Site) => {
        const found = known(name);
        if (found === undefined) return { result: 'is not there' };
        await deleteSite(api, found);
        return { result: 'deleted' };
      };
      await showEach({ context, files, json: words.flag('json'), work });
    };
  },
};

const writeExample = async (file: string): Promise<void> => {
  try {
    await writeFile(file, siteExample, { flag: 'wx' });
  } catch (cause) {
    const isThere = cause instanceof Error && 'code' in cause && cause.code === 'EEXIST';
    throw isThere ? new CommandFailure(`${file} is there already: name another file`, { cause }) : cause;
  }
};

const commands: Readonly<Record<CommandName, Command>> = {
  apply: applyCommand,
  diff: diffCommand,
  delete: deleteCommand,
  init: {
    options: {},
    plan: ({ positionals: [file = 'site.yaml', ...more] }) => {
      if (more.length > 0) throw misuse('one file at a time', 'init');
      return async ({ say }) => {
        await writeExample(file);
        say(`wrote ${file}: fill it in, then \`ove site apply ${file}\``);
      };
    },
  },
  export: {
    options: { api: 'string', data: 'string', iam: 'boolean' },
    plan: (words) => {
      const [id, ...more] = words.positionals;
      if (id === undefined || more.length > 0) throw misuse('name the id of one infra-env', 'export');
      const access = accessOf(words, 'export');
      return async (context) => context.say((await exportedSite(await access(context), id)).trimEnd());
    },
  },
  schema: {
    options: {},
    plan:
      () =>
      async ({ say }) =>
        say(JSON.stringify(siteSchema(), null, 2)),
  },
};

const isCommand = (name: string): name is CommandName => Object.hasOwn(commands, name);

/**
 * Runs one command line, e.g. `['apply', 'site.yaml']`.
 *
 * @throws CommandFailure, and whatever the file system throws
 */
export const runSiteCommand = async (args: readonly string[], context: SiteContext): Promise<void> => {
  const [name, ...rest] = args;
  if (name === '--help' || name === '-h' || name === 'help') return context.say(help.overview);
  if (name === undefined) throw misuse(`${Object.keys(commands).join(', ')}?`);
  if (!isCommand(name)) throw misuse(`${name} is not one of ${Object.keys(commands).join(', ')}`);
  const { options, plan } = commands[name];
  const words = readWords({ command: name, args: rest, options });
  if (words.flag('help')) return context.say(help[name]);
  await plan(words)(context);
};
