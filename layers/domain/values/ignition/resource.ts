import { createHash } from 'node:crypto';
import * as z from 'zod';
import { contentOf } from './content.ts';
import { faultOfDataUrl } from './data-url.ts';
import { checked, distinct, members, name } from './members.ts';
import { faultOfHttpUrl, faultOfSource } from './source-url.ts';
import type { IgnitionVersion } from './versions.ts';

/** Hex digits of each kind of hash. */
const digits: Readonly<Record<string, number>> = { sha256: 64, sha512: 128 };

const faultOfHash = (hash: string): string | undefined => {
  const [kind = '', sum] = hash.split(/-(.*)/s, 2);
  const isHash = sum?.length === digits[kind] && /^[0-9a-f]+$/i.test(sum ?? '');
  return isHash ? undefined : 'must be sha256- or sha512- with the sum in hex digits';
};

const header = members({ name, value: name.nullish() });

interface Content {
  readonly source?: string | null | undefined;
  readonly compression?: string | null | undefined;
  readonly verification?: { readonly hash?: string | null | undefined } | null | undefined;
}

interface Fault {
  readonly path: string[];
  readonly message: string;
}

const bytesIn = (resource: Content): Buffer | undefined => {
  try {
    return contentOf(resource).bytes;
  } catch {
    return undefined;
  }
};

/** A host that cannot unpack a file, or finds another sum, does not boot: of a data URL this is known here. */
const faultOfContent = ({ source, compression, verification }: Content): Fault | undefined => {
  if (!source?.startsWith('data:') || faultOfDataUrl(source) !== undefined) return undefined;
  const bytes = bytesIn({ source, compression });
  if (bytes === undefined) return { path: ['compression'], message: 'gzip cannot unpack the source' };
  const hash = verification?.hash?.toLowerCase() ?? '';
  if (faultOfHash(hash) !== undefined) return undefined;
  const sum = createHash(hash.slice(0, 6)).update(bytes).digest('hex');
  return hash.endsWith(`-${sum}`)
    ? undefined
    : { path: ['verification', 'hash'], message: 'is not the hash of the source' };
};

const shapeOf = (version: IgnitionVersion) =>
  members({
    source: checked((source) => (source === '' ? undefined : faultOfSource(source, version))).nullish(),
    compression: z.enum(['', 'gzip']).nullish(),
    httpHeaders: distinct(header, (entry) => entry.name),
    verification: members({ hash: checked(faultOfHash).nullish() }).nullish(),
  });

/** What is fetched from a URL, or stands in it. An empty source is an empty file. */
export const resourceOf = (version: IgnitionVersion) =>
  shapeOf(version).superRefine((resource, context) => {
    const { source, httpHeaders, verification } = resource;
    const fail = (path: string[], message: string) => context.addIssue({ code: 'custom', path, message });
    if (httpHeaders?.length && faultOfHttpUrl(source ?? '') !== undefined) {
      fail(['httpHeaders'], 'need a source of http or https');
    }
    if (verification?.hash && typeof source !== 'string') fail(['verification', 'hash'], 'needs a source');
    const fault = faultOfContent(resource);
    if (fault !== undefined) fail(fault.path, fault.message);
  });

/** Configs and certificates: each is fetched from somewhere else. */
export const sourcesOf = (version: IgnitionVersion) =>
  distinct(
    resourceOf(version).refine(({ source }) => !!source, 'source is required'),
    ({ source }) => source,
  );
