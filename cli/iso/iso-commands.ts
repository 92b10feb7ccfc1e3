import type { Sign } from '../api/api-request.ts';
import { commandLine, type OptionKinds, type Words } from '../words.ts';
import { help } from './iso-help.ts';
import { obtainSettings, readSource } from './iso-settings.ts';
import { patchIso } from './patch-iso.ts';
import { restoreIso } from './restore-iso.ts';

/** What the commands need of the process that they run in. */
export interface CommandContext {
  /** A line for the operator. */
  readonly say: (line: string) => void;
  /** Aborted when the operator stops the work. */
  readonly signal: AbortSignal;
  /** For the API. */
  readonly token: string | undefined;
  /** Signs with the AWS credentials of the environment. */
  readonly signer: () => Promise<Sign>;
}

interface Command {
  readonly options: OptionKinds;
  /** Reads the words at once, before anything else is done, and gives the work. */
  readonly plan: (words: Words) => (context: CommandContext) => Promise<void>;
}

type CommandName = Exclude<keyof typeof help, 'overview'>;

const { misuse, optionNames, readWords } = commandLine({ typed: 'npx ove iso', common: { help: 'boolean' } });

const oneIso = ({ positionals }: Words, command: CommandName): string => {
  const [path, ...more] = positionals;
  if (path === undefined) throw misuse('which ISO? Name its file', command);
  if (more.length > 0) throw misuse(`one ISO at a time, not ${positionals.join(' ')}`, command);
  return path;
};

const commands: Readonly<Record<CommandName, Command>> = {
  patch: {
    options: { 'infra-env': 'string', api: 'string', data: 'string', iam: 'boolean', ignition: 'string' },
    plan: (words) => {
      const path = oneIso(words, 'patch');
      const source = readSource(words, (reason) => misuse(reason, 'patch'));
      const isSigned = words.flag('iam');
      return async ({ say, signal, token, signer }) => {
        const caller = isSigned ? { token: undefined, sign: await signer() } : { token };
        const settings = await obtainSettings(source, { signal, ...caller });
        signal.throwIfAborted();
        await patchIso({ path, settings, say });
      };
    },
  },
  restore: {
    options: {},
    plan: (words) => {
      const path = oneIso(words, 'restore');
      return ({ say }) => restoreIso({ path, say });
    },
  },
};

/** Names of the options, by command. */
export const isoOptions = optionNames(commands);

const isCommand = (name: string): name is CommandName => Object.hasOwn(commands, name);

/**
 * Runs one command line, e.g. `['restore', 'agent-ove.x86_64.iso']`.
 *
 * @throws CommandFailure, IsoProblem, ServiceError, and whatever the file system throws
 */
export const runIsoCommand = async (args: readonly string[], context: CommandContext): Promise<void> => {
  const [name, ...rest] = args;
  if (name === '--help' || name === '-h' || name === 'help') return context.say(help.overview);
  if (name === undefined) throw misuse('patch or restore?');
  if (!isCommand(name)) throw misuse(`${name} is not one of ${Object.keys(commands).join(', ')}`);
  const { options, plan } = commands[name];
  const words = readWords({ command: name, args: rest, options });
  if (words.flag('help')) return context.say(help[name]);
  await plan(words)(context);
};
