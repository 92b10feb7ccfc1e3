import * as z from 'zod';
import { bytesOf, distinct, flag, list, members, name, named, text } from './members.ts';
import { optionalPath, path } from './path.ts';
import type { IgnitionVersion } from './versions.ts';

const withoutSpares = ['linear', 'raid0', '0', 'stripe'];
const withSpares = ['raid1', '1', 'mirror', 'raid4', '4', 'raid5', '5', 'raid6', '6', 'raid10', '10'];

export const raid = named(
  members({
    name,
    level: z.enum([...withoutSpares, ...withSpares]),
    devices: distinct(path, (device) => device),
    spares: z.int().min(0).nullish(),
    options: list(z.string()),
  })
    .refine(({ devices }) => !!devices?.length, { path: ['devices'], error: 'are required' })
    .refine(({ level, spares }) => !spares || withSpares.includes(level), {
      path: ['spares'],
      error: 'are not supported for this level',
    }),
  (array) => array.name,
);

/** Bytes of a label that each format has room for. */
const longestLabel: Readonly<Record<string, number>> = { ext4: 16, btrfs: 256, xfs: 12, swap: 15, vfat: 11 };

const filesystemOf = (version: IgnitionVersion) =>
  members({
    device: path,
    format: z.enum(['', ...Object.keys(longestLabel), ...(version >= '3.3.0' ? ['none'] : [])]).nullish(),
    path: optionalPath,
    label: text,
    uuid: text,
    options: list(z.string()),
    mountOptions: list(z.string()),
    wipeFilesystem: flag,
  })
    .refine(
      ({ format, path: place, label, uuid, options, mountOptions, wipeFilesystem }) =>
        !!format || !(place || label || uuid || options?.length || mountOptions?.length || wipeFilesystem),
      { path: ['format'], error: 'is required beside anything but the device' },
    )
    .refine(({ format, label }) => bytesOf(label ?? '') <= (longestLabel[format ?? ''] ?? Number.POSITIVE_INFINITY), {
      path: ['label'],
      error: 'is longer than the format has room for',
    });

export const filesystemsOf = (version: IgnitionVersion) => named(filesystemOf(version), ({ device }) => device);
