import * as z from 'zod';
import { excerpt } from '../printable.ts';
import { flag, list, members, named, repeated, text } from './members.ts';
import { path } from './path.ts';
import { resourceOf } from './resource.ts';
import type { IgnitionVersion } from './versions.ts';

/** Decimal, as JSON has it; permissions with the three special bits. */
const mode = z.int().min(0).max(0o7777).nullish();

const owner = members({ id: z.int().min(0).nullish(), name: text })
  .refine(({ id, name }) => typeof id !== 'number' || !name, 'cannot set both id and name')
  .nullish();

const node = { path, user: owner, group: owner, overwrite: flag };

const pathOf = (entry: { readonly path: string }): string => entry.path;

const fileOf = (version: IgnitionVersion) => {
  const resource = resourceOf(version);
  return members({ ...node, mode, contents: resource.nullish(), append: list(resource) }).refine(
    ({ overwrite, contents }) => overwrite !== true || typeof contents?.source === 'string',
    { path: ['overwrite'], error: 'must be false where contents have no source' },
  );
};

/** Before 3.3.0 Ignition takes a link to nowhere, and fails at making it. */
const link = members({ ...node, hard: flag, target: z.string().min(1) });

/** Members of `storage` that make files, directories and links. */
export const nodesOf = (version: IgnitionVersion) => ({
  files: named(fileOf(version), pathOf),
  directories: named(members({ ...node, mode }), pathOf),
  links: named(link, pathOf),
});

interface Nodes {
  readonly files?: readonly { readonly path: string }[] | null | undefined;
  readonly directories?: readonly { readonly path: string }[] | null | undefined;
  readonly links?: readonly { readonly path: string }[] | null | undefined;
}

/** Files, directories and links share their paths. */
export const faultOfNodes = ({ files, directories, links }: Nodes): string | undefined => {
  const again = repeated([...(files ?? []), ...(directories ?? []), ...(links ?? [])].map(pathOf));
  return again === undefined ? undefined : `duplicate entry defined: ${excerpt(again)}`;
};
