import { gzipSync } from 'node:zlib';
import { failure, type ServiceError } from '../errors.ts';
import { excerpt } from '../values/printable.ts';
import type { Ignition } from './ignition.ts';
import { packIgnition } from './packing.ts';

/** Bytes that an ISO reserves for the packed ignition. */
export const embedAreaSize = 256 * 1024;

/** Bytes that an ignition takes in the embed area. */
export const packedSize = (ignition: Uint8Array): number => packIgnition(ignition).length;

const checkUnique = (what: string, names: readonly string[]): void => {
  const seen = new Set<string>();
  for (const name of names) {
    if (seen.has(name)) throw new Error(`the ignition has the ${what} ${name} twice`);
    seen.add(name);
  }
};

const namesOf = (list: readonly { name: string }[] | null | undefined): string[] =>
  (list ?? []).map(({ name }) => name);

/** @throws Error when a path, user, group, unit or drop-in is there twice */
export const checkNames = ({ passwd, storage, systemd }: Ignition): void => {
  const nodes = [...(storage?.files ?? []), ...(storage?.directories ?? []), ...(storage?.links ?? [])];
  checkUnique(
    'path',
    nodes.map(({ path }) => path),
  );
  checkUnique('user', namesOf(passwd?.users));
  checkUnique('group', namesOf(passwd?.groups));
  checkUnique('unit', namesOf(systemd?.units));
  for (const { name, dropins } of systemd?.units ?? []) checkUnique(`drop-in of ${name}`, namesOf(dropins));
};

/** As many as a person can act upon. */
const namedContributors = 3;

// Packed one by one: nearly what each takes, and what is left out may pack as well as the rest.
const contributors = ({ passwd, storage, systemd }: Ignition) => {
  const nodes = [...(storage?.files ?? []), ...(storage?.directories ?? []), ...(storage?.links ?? [])];
  const parts = [
    ...nodes.map((node) => ({ name: node.path, part: node })),
    ...(systemd?.units ?? []).map((unit) => ({ name: `unit ${unit.name}`, part: unit })),
    ...(passwd?.users ?? []).map((user) => ({ name: `user ${user.name}`, part: user })),
  ];
  return parts
    .map(({ name, part }) => ({ name: excerpt(name), packed: gzipSync(JSON.stringify(part)).length }))
    .sort((a, b) => b.packed - a.packed)
    .slice(0, namedContributors);
};

/** @param packed bytes that the ignition takes in the embed area, or at least takes */
export const tooLarge = (ignition: Ignition, packed: number): ServiceError =>
  failure('IgnitionTooLarge', { packed, limit: embedAreaSize, biggest: contributors(ignition) });

/** The bytes of a finished ignition. @throws Error when a path, user, group, unit or drop-in is there twice */
export const ignitionBytes = (ignition: Ignition): Buffer => {
  checkNames(ignition);
  return Buffer.from(JSON.stringify(ignition), 'utf8');
};

/** @param bytes those of the ignition. @throws IgnitionTooLarge when an ISO has no room for it */
export const checkRoom = (ignition: Ignition, bytes: Uint8Array): void => {
  const packed = packedSize(bytes);
  if (packed > embedAreaSize) throw tooLarge(ignition, packed);
};
