import { Refusal } from './refusal.ts';
import type { Traits } from './traits.ts';

export const logLevels = ['debug', 'info', 'warning', 'error', 'fatal'] as const;
export type LogLevel = (typeof logLevels)[number];

/** The command path without the program's name, e.g. `['agent', 'create', 'unconfigured-ignition']`, and its flags. */
export interface CommandLine {
  readonly path: readonly string[];
  readonly help: boolean;
  readonly dir: string;
  readonly logLevel: LogLevel;
  readonly interactive: boolean;
}

const program = 'openshift-install';
const unconfiguredIgnition = 'agent create unconfigured-ignition';
const subcommands: Readonly<Record<string, readonly string[]>> = {
  '': ['agent', 'version'],
  agent: ['create'],
  'agent create': ['unconfigured-ignition', 'config-image'],
};

/** Quoted as the logger does where its output goes to no terminal. */
const refuseCommandLine = (reason: string): never => {
  throw new Refusal(JSON.stringify(`Error executing ${program}: ${reason}`));
};

const splitFlag = (word: string): { name: string; inline: string | undefined } => {
  const equals = word.indexOf('=');
  return equals < 0
    ? { name: word, inline: undefined }
    : { name: word.slice(0, equals), inline: word.slice(equals + 1) };
};

const parseBoolean = (text: string, flag: string): boolean => {
  if (['1', 't', 'T', 'true', 'TRUE', 'True'].includes(text)) return true;
  if (['0', 'f', 'F', 'false', 'FALSE', 'False'].includes(text)) return false;
  return refuseCommandLine(
    `invalid argument ${JSON.stringify(text)} for "${flag}" flag: strconv.ParseBool: parsing ${JSON.stringify(text)}: invalid syntax`,
  );
};

const parseLogLevel = (text: string): LogLevel => {
  const wanted = text === 'warn' ? 'warning' : text.toLowerCase();
  const level = logLevels.find((candidate) => candidate === wanted);
  if (level) return level;
  throw new Refusal(JSON.stringify(`invalid log-level: not a valid logrus Level: ${JSON.stringify(text)}`));
};

/** The commands named by the words that are no flags. Throws a Refusal for one that does not exist. */
const commandPath = (words: readonly string[]): string[] => {
  const path: string[] = [];
  for (const word of words) {
    const parent = path.join(' ');
    if (!Object.hasOwn(subcommands, parent)) {
      return refuseCommandLine(`unknown command ${JSON.stringify(word)} for "${[program, ...path].join(' ')}"`);
    }
    if (!subcommands[parent]?.includes(word)) {
      return refuseCommandLine(`unknown command ${JSON.stringify(word)} for "${[program, ...path].join(' ')}"`);
    }
    path.push(word);
  }
  return path;
};

interface RawFlags {
  readonly words: string[];
  readonly values: Map<string, string>;
}

const valueFlags = ['--dir', '--log-level'];

/** Flags and words apart; nothing is judged yet except a value that is missing. */
const separate = (argv: readonly string[]): RawFlags => {
  const raw: RawFlags = { words: [], values: new Map() };
  const rest = [...argv];
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (!word.startsWith('-')) {
      raw.words.push(word);
      continue;
    }
    const { name, inline } = splitFlag(word);
    const value = inline ?? (valueFlags.includes(name) ? rest.shift() : 'true');
    if (value === undefined) return refuseCommandLine(`flag needs an argument: ${name}`);
    raw.values.set(name === '-h' ? '--help' : name, value);
  }
  return raw;
};

const knownFlags = (path: string, { interactiveFlag }: Traits): readonly string[] => [
  ...valueFlags,
  '--help',
  ...(path === unconfiguredIgnition && interactiveFlag ? ['--interactive'] : []),
];

const refuseFlag = (name: string): never =>
  refuseCommandLine(
    name.startsWith('--') ? `unknown flag: ${name}` : `unknown shorthand flag: '${name.charAt(1)}' in ${name}`,
  );

/** Reads the arguments after the program's name. Throws a Refusal, before anything is written, for what it does not know. */
export const parseCommandLine = (argv: readonly string[], traits: Traits): CommandLine => {
  const { words, values } = separate(argv);
  const path = commandPath(words);
  const known = knownFlags(path.join(' '), traits);
  const unknown = [...values.keys()].find((name) => !known.includes(name));
  if (unknown !== undefined) return refuseFlag(unknown);
  return {
    path,
    help: parseBoolean(values.get('--help') ?? 'false', '--help'),
    dir: values.get('--dir') ?? '.',
    logLevel: parseLogLevel(values.get('--log-level') ?? 'info'),
    interactive: parseBoolean(values.get('--interactive') ?? 'false', '--interactive'),
  };
};
