import type { Patience } from '#adapters/release-mirror/mirror-request.ts';
import type { ReleaseKey } from '#adapters/release-mirror/signature.ts';
import type { Clock } from '#domain/ports.ts';
import { addRelease } from './add.ts';
import { addOptions, readAddition } from './add-options.ts';
import { addBaseIso } from './base-iso/add-iso.ts';
import { addIsoOptions, readIsoPlace } from './base-iso/base-iso-options.ts';
import type { Choice } from './chosen-release.ts';
import { findTarget } from './find-target.ts';
import { listReleases } from './list.ts';
import type { ProgressLine } from './progress.ts';
import { help } from './release-help.ts';
import {
  misuse,
  type OptionKinds,
  optionNames,
  readArchitecture,
  readTarget,
  readVersion,
  readWords,
  type Words,
} from './release-options.ts';
import type { Target } from './release-target.ts';
import { removeRelease } from './remove.ts';
import { retireSample } from './retire-sample.ts';
import { verifyReleases } from './verify-release.ts';
import { inWorkspace } from './workspace.ts';

/** What the commands need of the process that they run in. */
export interface CommandContext {
  /** A line for the operator. */
  readonly say: (line: string) => void;
  readonly progress: ProgressLine;
  /** Aborted when the operator stops the work. */
  readonly signal: AbortSignal;
  readonly clock: Clock;
  readonly patience: Patience;
  readonly releaseKey: () => Promise<ReleaseKey>;
}

interface Command {
  readonly options: OptionKinds;
  /** Reads the words at once, before anything else is done, and gives the work. */
  readonly plan: (words: Words) => (target: Target, context: CommandContext) => Promise<void>;
}

type CommandName = Exclude<keyof typeof help, 'overview'>;

const oneChoice = (words: Words, command: CommandName): Choice => {
  const version = readVersion(words, command);
  if (version === undefined) throw misuse('which version? Name it, e.g. 4.20.3', command);
  return { version, architecture: readArchitecture(words, command) };
};

const noMore = ({ positionals }: Words, command: CommandName): void => {
  if (positionals[0] !== undefined) throw misuse(`${positionals[0]} means nothing here`, command);
};

const commands: Readonly<Record<CommandName, Command>> = {
  add: {
    options: addOptions,
    plan: (words) => {
      const addition = readAddition(words);
      return async (target, { releaseKey, ...context }) => {
        const key = await releaseKey();
        await inWorkspace((dir) => addRelease(addition, { ...context, target, dir, releaseKey: key }));
        await retireSample({ ...context, target });
      };
    },
  },
  'add-iso': {
    options: { ...addIsoOptions, arch: 'string' },
    plan: (words) => {
      const addition = { choice: oneChoice(words, 'add-iso'), place: readIsoPlace(words) };
      return (target, context) => addBaseIso(addition, { ...context, target });
    },
  },
  list: {
    options: { json: 'boolean' },
    plan: (words) => {
      noMore(words, 'list');
      return (target, { say }) => listReleases({ target, say, json: words.flag('json') });
    },
  },
  remove: {
    options: { force: 'boolean', arch: 'string' },
    plan: (words) => {
      const choice = oneChoice(words, 'remove');
      return (target, { say, clock }) => removeRelease({ target, choice, force: words.flag('force'), clock, say });
    },
  },
  verify: {
    options: { arch: 'string', json: 'boolean' },
    plan: (words) => {
      const all = readVersion(words, 'verify') === undefined && readArchitecture(words, 'verify') === undefined;
      const choice = all ? undefined : oneChoice(words, 'verify');
      return (target, { say, signal }) => verifyReleases({ target, choice, signal, say, json: words.flag('json') });
    },
  },
};

/** Names of the options, by command. */
export const releaseOptions = optionNames(commands);

const isCommand = (name: string): name is CommandName => Object.hasOwn(commands, name);

/**
 * Runs one command line, e.g. `['add', '4.20.3']`.
 *
 * @throws CommandFailure, and whatever AWS or the file system throws
 */
export const runCommand = async (args: readonly string[], context: CommandContext): Promise<void> => {
  const [name, ...rest] = args;
  if (name === '--help' || name === '-h' || name === 'help') return context.say(help.overview.trimEnd());
  if (name === undefined) throw misuse('add, add-iso, list, remove or verify?');
  if (!isCommand(name)) throw misuse(`${name} is not one of ${Object.keys(commands).join(', ')}`);
  const { options, plan } = commands[name];
  const words = readWords({ command: name, args: rest, options });
  if (words.flag('help')) return context.say(help[name].trimEnd());
  const work = plan(words);
  await work(await findTarget(readTarget(words)), context);
};
