import * as z from 'zod';
import { distinctTexts, flag, members, name, named, text } from './members.ts';

const nameOf = (entry: { readonly name: string }): string => entry.name;

const id = z.int().min(0).nullish();

export const users = named(
  members({
    name,
    passwordHash: text,
    sshAuthorizedKeys: distinctTexts,
    groups: distinctTexts,
    uid: id,
    gecos: text,
    homeDir: text,
    primaryGroup: text,
    shell: text,
    noCreateHome: flag,
    noLogInit: flag,
    noUserGroup: flag,
    shouldExist: flag,
    system: flag,
  }),
  nameOf,
);

export const groups = named(members({ name, gid: id, passwordHash: text, shouldExist: flag, system: flag }), nameOf);
