import { invalid } from '../errors.ts';
import { excerpt } from '../values/printable.ts';
import type { Ignition } from './ignition.ts';

const ancestorsOf = (path: string): string[] => {
  const parts = path.split('/');
  return parts.slice(2).map((_, index) => parts.slice(0, index + 2).join('/'));
};

/**
 * Checks that no file, directory or link lies below something that is not a directory: Ignition refuses what is below a
 * link, and fails at what is below a file.
 *
 * @throws InvalidInput
 */
export const checkTree = ({ storage }: Ignition): void => {
  const { files, directories, links } = storage ?? {};
  const leaves = new Set([...(files ?? []), ...(links ?? [])].map(({ path }) => path));
  for (const { path } of [...(files ?? []), ...(directories ?? []), ...(links ?? [])]) {
    const leaf = ancestorsOf(path).find((ancestor) => leaves.has(ancestor));
    if (leaf === undefined) continue;
    throw invalid(`ignition_config_override: ${excerpt(leaf)} has to be a directory, because of ${excerpt(path)}`);
  }
};
