import { faultOfDataUrl } from './data-url.ts';
import { type GoUrl, parseGoUrl } from './go-url.ts';
import type { IgnitionVersion } from './versions.ts';

/** Schemes of what Ignition fetches, each with the version that brought it. */
const since: Readonly<Record<string, IgnitionVersion>> = {
  http: '3.1.0',
  https: '3.1.0',
  tftp: '3.1.0',
  s3: '3.1.0',
  data: '3.1.0',
  gs: '3.2.0',
  arn: '3.4.0',
};

/** The object of a bucket, or of an access point. */
const s3Arn = /^[^:/]*:s3:[^:]*:[^:]*:(?:accesspoint\/[^/]+\/|(?!accesspoint\/)[^/]*\/)/;

const faultOfVersionId = ({ query }: GoUrl): string | undefined =>
  new URLSearchParams(query).getAll('versionId').includes('') ? 'must not have an empty versionId' : undefined;

const faultOfArn = (url: GoUrl): string | undefined =>
  s3Arn.test(url.rest) ? faultOfVersionId(url) : 'must be the ARN of an object in S3';

/** What Ignition would say against the source of a file, a config or the like; undefined where it can be fetched. */
export const faultOfSource = (text: string, version: IgnitionVersion): string | undefined => {
  const url = parseGoUrl(text);
  if (url === undefined) return 'must be a URL';
  const schemes = Object.keys(since).filter((scheme) => (since[scheme] ?? '') <= version);
  if (!schemes.includes(url.scheme)) return `must be a URL of ${schemes.join(', ')} in a config of version ${version}`;
  if (url.scheme === 'data') return faultOfDataUrl(text);
  if (url.scheme === 's3') return faultOfVersionId(url);
  return url.scheme === 'arn' ? faultOfArn(url) : undefined;
};

/** What Ignition would say against the URL of a proxy or a Tang server. */
export const faultOfHttpUrl = (text: string): string | undefined => {
  const scheme = parseGoUrl(text)?.scheme;
  return scheme === 'http' || scheme === 'https' ? undefined : 'must be a URL of http or https';
};
