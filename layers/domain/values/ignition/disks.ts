import * as z from 'zod';
import { bytesOf, checked, flag, members, named, repeated } from './members.ts';
import { path } from './path.ts';

const guid = z
  .string()
  .regex(/^(?:|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i, 'must be a GUID')
  .nullish();

/** As a GUID partition table has room for it; sgdisk ends it at a colon. */
const label = checked((value) => {
  if (bytesOf(value) > 36) return 'must have at most 36 bytes';
  return value.includes(':') ? 'must not have a colon' : undefined;
});

const mebibytes = z.int().min(0).nullish();

const partition = members({
  number: z.int().min(0).nullish(),
  label: label.nullish(),
  guid,
  typeGuid: guid,
  sizeMiB: mebibytes,
  startMiB: mebibytes,
  shouldExist: flag,
  wipePartitionEntry: flag,
  resize: flag,
});

type Partition = z.output<typeof partition>;

const isSet = (value: unknown): boolean => value !== undefined && value !== null;

const hasNumber = ({ number }: Partition): boolean => isSet(number) && number !== 0;

const checkedPartition = partition
  .refine((entry) => hasNumber(entry) || isSet(entry.label), 'needs a number of at least 1, or a label')
  .refine(
    ({ shouldExist, label: name, guid: id, typeGuid, sizeMiB, startMiB }) =>
      shouldExist !== false || !(isSet(name) || id || typeGuid || isSet(sizeMiB) || isSet(startMiB)),
    'says that it should not exist, and what it should be like',
  );

interface Extent {
  readonly first: number;
  readonly last: number;
}

// Without a start, a partition is put where there is room for it; without a size, it takes what is left behind its start.
const extentOf = ({ startMiB, sizeMiB }: Partition): readonly Extent[] => {
  if (!startMiB || typeof sizeMiB !== 'number') return [];
  return [{ first: startMiB, last: startMiB + Math.max(sizeMiB, 1) - 1 }];
};

const overlap = (partitions: readonly Partition[]): boolean => {
  const extents = partitions.flatMap(extentOf).sort((a, b) => a.first - b.first);
  let taken = 0;
  for (const { first, last } of extents) {
    if (first <= taken) return true;
    taken = last;
  }
  return false;
};

const partitions = z
  .array(checkedPartition)
  .refine((entries) => repeated(entries.filter(hasNumber).map(({ number }) => number)) === undefined, 'numbers collide')
  .refine(
    (entries) => repeated(entries.map((entry) => entry.label).filter(isSet)) === undefined,
    'a label is there twice',
  )
  .refine((entries) => !overlap(entries), 'partitions overlap')
  .refine(
    (entries) => entries.every(hasNumber) || entries.every(({ shouldExist }) => shouldExist !== false),
    'all need a number where one should not exist',
  );

export const disks = named(
  members({ device: path, wipeTable: flag, partitions: partitions.nullish() }),
  ({ device }) => device,
);
