import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Programs that some tests run but npm does not bring along, each with its Debian package. */
const packages = {
  chromium: 'chromium',
  cpio: 'cpio',
  curl: 'curl',
  'ignition-validate': 'ignition',
  jq: 'jq',
  shellcheck: 'shellcheck',
  xorriso: 'xorriso',
} as const;

export type Tool = keyof typeof packages;

const isExecutable = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

/** Absolute path of a program; undefined where it is not installed. */
export const pathOf = (tool: Tool): string | undefined =>
  (process.env.PATH ?? '')
    .split(delimiter)
    .map((folder) => join(folder, tool))
    .find(isExecutable);

/**
 * Whether tests that run these programs can run: `describe.runIf(hasTools('xorriso', 'cpio'))`. What is not run for
 * want of one is told at the end; where OVE_REQUIRE_TOOLS is set, nothing runs without all of them.
 */
export const hasTools = (...tools: readonly Tool[]): boolean => tools.every((tool) => pathOf(tool) !== undefined);

/** What is missing and how to get it; undefined when all programs are there. */
export const missingTools = (): string | undefined => {
  const missing = Object.entries(packages).filter(([tool]) => !hasTools(tool as Tool));
  if (missing.length === 0) return undefined;
  const names = missing.map(([tool]) => tool).join(', ');
  return `${names} (on Debian: apt-get install ${missing.map(([, name]) => name).join(' ')})`;
};
