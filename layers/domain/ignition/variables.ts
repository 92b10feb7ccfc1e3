import type { Variable } from '../release/installer-profile.ts';
import type { Ignition, IgnitionFile } from './ignition.ts';
import { resourceText, rewriteResource } from './resource.ts';

/** A variable with what it is set to. */
export interface Assignment extends Variable {
  readonly value: string;
}

const line = /^(?<name>[A-Za-z_]\w*)=(?<value>.*)$/gm;

const unquoted = (value: string): string => /^(["'])(?<inner>.*)\1$/.exec(value)?.groups?.inner ?? value;

/** The variables of one file; none where its content is not in the ignition itself. */
const variablesOf = ({ path, contents }: IgnitionFile): readonly Assignment[] => {
  if (!contents?.source?.startsWith('data:')) return [];
  return [...resourceText(contents).matchAll(line)].map(({ groups }) => ({
    path,
    name: groups?.name ?? '',
    value: unquoted(groups?.value ?? ''),
  }));
};

/** Every line `NAME=value` of every file, in the order of the ignition; a script's are among them. */
export const variablesIn = ({ storage }: Ignition): readonly Assignment[] =>
  (storage?.files ?? []).flatMap(variablesOf);

/** A file with its lines of these variables set; those that it does not have are not added. */
export const withVariables = (file: IgnitionFile, assignments: readonly Assignment[]): IgnitionFile => {
  const own = assignments.filter(({ path }) => path === file.path);
  if (own.length === 0 || !file.contents?.source) return file;
  const rewrite = (content: string) =>
    own.reduce(
      (text, { name, value }) => text.replace(new RegExp(`^${name}=.*$`, 'gm'), () => `${name}=${value}`),
      content,
    );
  return { ...file, contents: rewriteResource(file.contents, rewrite) };
};
