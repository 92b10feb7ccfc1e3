import { publicMirror } from '#adapters/release-mirror/mirror-layout.ts';
import { usualArchitecture } from '#domain/architecture.ts';
import { type StatedFacts, type SupportLevel, supportLevels } from '#domain/release/release.ts';
import type { Addition } from './add.ts';
import { misuse, type OptionKinds, readArchitecture, readVersion, type Words } from './release-options.ts';
import type { Source } from './sources.ts';

export const addOptions: OptionKinds = {
  arch: 'string',
  mirror: 'string',
  'allow-unsigned': 'boolean',
  file: 'string',
  'release-image': 'string',
  'pull-secret': 'string',
  'support-level': 'string',
  'feature-gates': 'string',
  operators: 'string',
};

const wrong = (reason: string) => misuse(reason, 'add');

/** Which options say something about which source. */
const belonging: Readonly<Record<Source['kind'], readonly string[]>> = {
  mirror: ['arch', 'mirror', 'allow-unsigned'],
  file: ['file'],
  'release-image': ['release-image', 'pull-secret'],
};

const isGiven = ({ text, flag }: Words, name: string): boolean => flag(name) || text(name) !== undefined;

const kindOf = (words: Words): Source['kind'] => {
  if (isGiven(words, 'file')) return 'file';
  return isGiven(words, 'release-image') ? 'release-image' : 'mirror';
};

const checkBelonging = (words: Words, kind: Source['kind']): void => {
  const foreign = Object.values(belonging)
    .flat()
    .find((name) => !belonging[kind].includes(name) && isGiven(words, name));
  const source = kind === 'mirror' ? 'a mirror' : `--${kind}`;
  if (foreign !== undefined) throw wrong(`--${foreign} means nothing with ${source}`);
};

const readMirror = (address: string): string => {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url === undefined || !['http:', 'https:'].includes(url.protocol)) {
    throw wrong(`--mirror ${address} is not an address like ${publicMirror}`);
  }
  if (url.username !== '' || url.password !== '') throw wrong('--mirror must not hold a user name or password');
  return address;
};

const mirrorSource = (words: Words, version: string | undefined): Source => {
  if (version === undefined) throw wrong('which version? Name it, e.g. 4.20.3');
  const architecture = readArchitecture(words, 'add') ?? usualArchitecture;
  const mirror = readMirror(words.text('mirror') ?? publicMirror);
  return { kind: 'mirror', mirror, version, architecture, allowUnsigned: words.flag('allow-unsigned') };
};

/** Also keeps what starts with a dash from becoming an option of oc. */
const pullSpec = /^[A-Za-z0-9][\w.-]*(:\d+)?(\/[\w.-]+)+([:@][\w.:-]+)?$/;

const imageSource = (words: Words): Source => {
  const releaseImage = words.text('release-image') ?? '';
  const pullSecret = words.text('pull-secret');
  if (!pullSpec.test(releaseImage)) throw wrong(`--release-image ${releaseImage} is not a pull specification`);
  if (pullSecret === undefined) throw wrong('--release-image needs --pull-secret FILE');
  return { kind: 'release-image', releaseImage, pullSecret };
};

const readSource = (words: Words, version: string | undefined): Source => {
  const kind = kindOf(words);
  checkBelonging(words, kind);
  if (kind === 'file') return { kind, file: words.text('file') ?? '' };
  return kind === 'release-image' ? imageSource(words) : mirrorSource(words, version);
};

const readSupportLevel = (level: string | undefined): SupportLevel | undefined => {
  const found = supportLevels.find((known) => known === level);
  if (level !== undefined && found === undefined) {
    throw wrong(`--support-level ${level} is not one of ${supportLevels.join(', ')}`);
  }
  return found;
};

const noEntries = 'none';

const readList = (words: Words, name: string, entry: RegExp, example: string): readonly string[] | undefined => {
  const text = words.text(name);
  if (text === undefined) return undefined;
  if (text === noEntries) return [];
  const entries = text.split(',');
  const odd = entries.find((part) => !entry.test(part));
  if (odd !== undefined) throw wrong(`--${name} ${odd} is not like ${example}`);
  return entries;
};

const readFacts = (words: Words): StatedFacts => {
  const featureGates = readList(words, 'feature-gates', /^[A-Za-z]\w*=(true|false)$/, 'NoRegistryClusterInstall=true');
  const operators = readList(words, 'operators', /^[a-z\d]+(-[a-z\d]+)*$/, 'metallb');
  return { ...(featureGates === undefined ? {} : { featureGates }), ...(operators === undefined ? {} : { operators }) };
};

/** @throws CommandFailure when the options do not say one thing */
export const readAddition = (words: Words): Addition => {
  const version = readVersion(words, 'add');
  const supportLevel = readSupportLevel(words.text('support-level'));
  return { source: readSource(words, version), version, supportLevel, facts: readFacts(words) };
};
