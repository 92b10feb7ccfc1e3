import { parseArgs } from 'node:util';
import semver from 'semver';
import { ReleaseFailure } from '#adapters/release-mirror/release-failure.ts';
import { type TargetChoice, usualData } from './target.ts';

/** What an option takes. */
export type OptionKinds = Readonly<Record<string, 'string' | 'boolean'>>;

const common = { help: 'boolean', local: 'boolean', data: 'string', stack: 'string' } as const;

/** The words of a command line behind the command's name. */
export interface Words {
  readonly text: (name: string) => string | undefined;
  readonly flag: (name: string) => boolean;
  readonly positionals: readonly string[];
}

export const misuse = (reason: string, command?: string): ReleaseFailure =>
  new ReleaseFailure(`${reason}: see \`npm run release -- ${command === undefined ? '' : `${command} `}--help\``);

const parse = (args: readonly string[], kinds: OptionKinds, command: string) => {
  const options = Object.fromEntries(Object.entries(kinds).map(([name, type]) => [name, { type }]));
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    const [reason = ''] = error instanceof Error ? error.message.split(/\.\s|\n/) : [];
    throw misuse(reason.replace(/\.$/, ''), command);
  }
};

interface Reading {
  readonly command: string;
  readonly args: readonly string[];
  readonly options: OptionKinds;
}

/** Reads a command's options besides those that every command has. @throws ReleaseFailure */
export const readWords = ({ command, args, options }: Reading): Words => {
  const { values, positionals } = parse(args, { ...common, ...options }, command);
  const text = (name: string): string | undefined => {
    const value = values[name];
    if (value === '') throw misuse(`--${name} is empty`, command);
    return typeof value === 'string' ? value : undefined;
  };
  return { text, flag: (name) => values[name] === true, positionals };
};

/** @throws ReleaseFailure */
export const readTarget = ({ text, flag }: Words): TargetChoice => {
  const [stack, data] = [text('stack'), text('data')];
  if (stack !== undefined && (flag('local') || data !== undefined)) {
    throw misuse('--stack names a deployed stack, --local and --data the local one: choose one');
  }
  return { stack, data: data ?? usualData };
};

/** The one version that a command takes; undefined when there is none. @throws ReleaseFailure */
export const readVersion = ({ positionals }: Words, command: string): string | undefined => {
  const [version, ...more] = positionals;
  if (more.length > 0) throw misuse(`one version at a time, not ${positionals.join(' ')}`, command);
  if (version !== undefined && semver.valid(version) !== version) {
    throw misuse(`${version} is no exact version like 4.20.3`, command);
  }
  return version;
};
