import { globSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { type NotedRights, rightsFolder } from './scenarios/rights.ts';
import { missingTools } from './tools.ts';

/** What no stand-in is of. */
const elsewhere = /^(logs|xray):/;

/** The files of tests that run a stack, whose functions act as their roles. */
const filesWithStacks = (): readonly string[] =>
  globSync('test/**/*.test.ts')
    .filter((path) => /\brunningStack\(|\/conventions\.ts'/.test(readFileSync(path, 'utf8')))
    .map((path) => basename(path));

const unusedIn = (folder: string): readonly string[] => {
  const all = readdirSync(folder).flatMap((name): NotedRights => JSON.parse(readFileSync(join(folder, name), 'utf8')));
  const nameOf = ({ role, action, resource }: NotedRights[number]): string => `${role}: ${action} ${resource}`;
  const used = new Set(all.filter((right) => right.used).map(nameOf));
  const names = all.filter(({ action }) => !elsewhere.test(action)).map(nameOf);
  return [...new Set(names)].filter((name) => !used.has(name));
};

const report = (folder: string): void => {
  const noted = readdirSync(folder);
  // A run of some files, or without some tests, says nothing about what nobody needs.
  if (missingTools() !== undefined || !filesWithStacks().every((name) => noted.includes(name))) return;
  const unused = unusedIn(folder);
  if (unused.length === 0) return;
  console.error(`NO TEST NEEDS these rights (cdk/permissions.ts):\n  ${unused.join('\n  ')}`);
  process.exitCode = 1;
};

/** Runs once around all tests: fails a run of all stacks in which a right of a role was not needed. */
export default (): (() => void) => {
  const folder = mkdtempSync(join(tmpdir(), 'ove-ignition-rights-'));
  process.env[rightsFolder] = folder;
  return () => {
    try {
      report(folder);
    } finally {
      rmSync(folder, { recursive: true });
    }
  };
};
