import { misuse, type OptionKinds, type Words } from '../release-options.ts';
import type { IsoPlace } from './source.ts';

export const addIsoOptions: OptionKinds = { file: 'string', url: 'string', s3: 'string' };

const wrong = (reason: string) => misuse(reason, 'add-iso');

const readUrl = (address: string): string => {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url === undefined || !['http:', 'https:'].includes(url.protocol))
    throw wrong('--url is not an http or https address');
  if (url.username !== '' || url.password !== '') throw wrong('--url must not hold a user name or password');
  return address;
};

const readObject = (text: string): IsoPlace => {
  const [, bucket, key] = /^s3:\/\/([a-z0-9][a-z0-9.-]+)\/(.+)$/.exec(text) ?? [];
  if (bucket === undefined || key === undefined) throw wrong(`--s3 ${text} is not like s3://bucket/key`);
  return { kind: 's3', bucket, key };
};

/** Where the ISO is. @throws CommandFailure unless the options name one place */
export const readIsoPlace = ({ text }: Words): IsoPlace => {
  const [file, url, s3] = [text('file'), text('url'), text('s3')];
  const given = [file, url, s3].filter((value) => value !== undefined);
  if (given.length !== 1) throw wrong('where is the ISO? Give one of --file PATH, --url URL, --s3 s3://bucket/key');
  if (file !== undefined) return { kind: 'file', path: file };
  return url === undefined ? readObject(s3 ?? '') : { kind: 'url', url: readUrl(url) };
};
