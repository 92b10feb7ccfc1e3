import semver from 'semver';
import { parseReleaseArchitecture, type ReleaseArchitecture } from '#domain/release/payload.ts';
import { type TargetChoice, usualData } from './release-target.ts';
import { commandLine, type Words } from './words.ts';

export type { OptionKinds, Words } from './words.ts';

export const { misuse, optionNames, readWords } = commandLine({
  typed: 'npx ove release',
  common: { help: 'boolean', local: 'boolean', data: 'string', stack: 'string' },
});

/** @throws CommandFailure */
export const readTarget = ({ text, flag }: Words): TargetChoice => {
  const [stack, data] = [text('stack'), text('data')];
  if (stack !== undefined && (flag('local') || data !== undefined)) {
    throw misuse('--stack names a deployed stack, --local and --data the local one: choose one');
  }
  return { stack, data: data ?? usualData };
};

/** The one version that a command takes; undefined when there is none. @throws CommandFailure */
export const readVersion = ({ positionals }: Words, command: string): string | undefined => {
  const [version, ...more] = positionals;
  if (more.length > 0) throw misuse(`one version at a time, not ${positionals.join(' ')}`, command);
  if (version !== undefined && semver.valid(version) !== version) {
    throw misuse(`${version} is not an exact version like 4.20.3`, command);
  }
  return version;
};

/** @returns undefined when the operator names none @throws CommandFailure */
export const readArchitecture = ({ text }: Words, command: string): ReleaseArchitecture | undefined => {
  const name = text('arch');
  if (name === undefined) return undefined;
  const architecture = parseReleaseArchitecture(name);
  if (architecture !== undefined) return architecture;
  throw misuse(`--arch ${name} is not one of x86_64, arm64, ppc64le, s390x, multi`, command);
};
