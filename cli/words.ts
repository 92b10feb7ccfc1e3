import { parseArgs } from 'node:util';
import { CommandFailure } from '#adapters/command-failure.ts';

/** What an option takes. */
export type OptionKinds = Readonly<Record<string, 'string' | 'boolean'>>;

/** The words of a command line behind the command's name. */
export interface Words {
  readonly text: (name: string) => string | undefined;
  readonly flag: (name: string) => boolean;
  readonly positionals: readonly string[];
}

interface Program {
  /** What is typed before the command, e.g. `npx ove release`. */
  readonly typed: string;
  /** Options that every command has. */
  readonly common: OptionKinds;
}

interface Reading {
  readonly command: string;
  readonly args: readonly string[];
  /** Besides those that every command has. */
  readonly options: OptionKinds;
}

const parse = (args: readonly string[], kinds: OptionKinds) => {
  const options = Object.fromEntries(Object.entries(kinds).map(([name, type]) => [name, { type }]));
  return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
};

/** The first sentence of what Node says about a wrong option. */
const reasonOf = (error: unknown): string => {
  const [reason = ''] = error instanceof Error ? error.message.split(/\.\s|\n/) : [];
  return reason.replace(/\.$/, '');
};

/** Reads the command lines of a program with several commands, e.g. `npx ove release add 4.20.3`. */
export const commandLine = ({ typed, common }: Program) => {
  const misuse = (reason: string, command?: string): CommandFailure =>
    new CommandFailure(`${reason}: see \`${typed} ${command === undefined ? '' : `${command} `}--help\``);

  const parsed = ({ command, args, options }: Reading) => {
    try {
      return parse(args, { ...common, ...options });
    } catch (error) {
      throw misuse(reasonOf(error), command);
    }
  };

  /** Reads a command's options. @throws CommandFailure */
  const readWords = (reading: Reading): Words => {
    const { values, positionals } = parsed(reading);
    const text = (name: string): string | undefined => {
      const value = values[name];
      if (value === '') throw misuse(`--${name} is empty`, reading.command);
      return typeof value === 'string' ? value : undefined;
    };
    return { text, flag: (name) => values[name] === true, positionals };
  };

  /** Names of all options, by command: for completion. */
  const optionNames = (commands: Readonly<Record<string, { readonly options: OptionKinds }>>) =>
    Object.fromEntries(
      Object.entries(commands).map(([name, { options }]) => [name, Object.keys({ ...options, ...common })] as const),
    );

  return { misuse, readWords, optionNames };
};
