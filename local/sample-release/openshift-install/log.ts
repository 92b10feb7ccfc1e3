import { appendFileSync, chmodSync, mkdirSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { type LogLevel, logLevels } from './arguments.ts';

export type Log = (level: LogLevel, message: string) => void;

/** One line on stderr, as written before a directory is known. */
export const writeLine = (level: LogLevel, message: string): void => {
  writeSync(2, `level=${level} msg=${message}\n`);
};

/**
 * Logs to stderr from `level` on and, whatever the level, to `.openshift_install.log` in the directory, which everybody
 * may read (0644). Messages are written as they are: neither side quotes or redacts anything.
 */
export const openLog = ({ dir, level }: { readonly dir: string; readonly level: LogLevel }): Log => {
  mkdirSync(dir, { recursive: true });
  const file = join(dir, '.openshift_install.log');
  appendFileSync(file, '');
  chmodSync(file, 0o644);
  return (messageLevel, message) => {
    appendFileSync(file, `time="${new Date().toISOString()}" level=${messageLevel} msg=${message}\n`);
    if (logLevels.indexOf(messageLevel) >= logLevels.indexOf(level)) writeLine(messageLevel, message);
  };
};
