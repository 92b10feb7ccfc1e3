import { writeFile } from 'node:fs/promises';
import { CommandFailure } from '#adapters/command-failure.ts';
import { applyCommand } from './apply-command.ts';
import { siteDifferences } from './apply-site.ts';
import { differenceLines } from './difference-text.ts';
import { deleteSite, type KnownSite, knownSites } from './known-sites.ts';
import { showEach } from './show-each.ts';
import { checkWritable } from './site-artifacts.ts';
import { siteExample } from './site-example.ts';
import { exportedSite } from './site-export.ts';
import { readSite, readSiteName, type Site } from './site-file.ts';
import { help } from './site-help.ts';
import { siteSchema } from './site-schema.ts';
import {
  accessOf,
  type Command,
  filesOf,
  misuse,
  optionNames,
  readWords,
  remote,
  type SiteContext,
} from './site-words.ts';

type CommandName = Exclude<keyof typeof help, 'overview'>;

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
      await showEach({ context, files, json: words.flag('json'), read: readSite, work });
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
      const work = async ({ name }: { readonly name: string }) => {
        const found = known(name);
        if (found === undefined) return { result: 'is not there' };
        await deleteSite(api, found);
        return { result: 'deleted' };
      };
      await showEach({ context, files, json: words.flag('json'), read: readSiteName, work });
    };
  },
};

const writeExample = async (file: string): Promise<void> => {
  await checkWritable(file);
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
        say(`wrote ${file}: fill it in, then \`npx ove site apply ${file}\``);
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

/** Names of the options, by command. */
export const siteOptions = optionNames(commands);

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
