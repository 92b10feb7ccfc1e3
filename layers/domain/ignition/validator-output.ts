import { excerpt } from '../values/printable.ts';

/** How a run of `ignition-validate` ended, whole outputs. */
export interface ValidatorRun {
  readonly exitCode: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

/** As many as a person reads at once. */
const shownFaults = 10;

const faultLine = /^error at (?:(?<place>\$[\w.]*), )?line \d+ col \d+: (?<message>.*)$/gm;

/** It is older than the version of the config. */
const unknownVersion = /^couldn't parse config: unsupported config version$/m;

/** What a message may repeat of the config, which can be secret: quoted texts, what stands behind `got`, numbers. */
const withoutValues = (message: string): string =>
  message
    .replace(/,? got .*$/, '')
    .replace(/\s*:?\s*["`].*$/, '')
    .replace(/'[^']*'/g, '…')
    .replace(/number \S+/g, 'number')
    .replace(/\S{32,}/g, '…');

const faultsIn = (output: string): readonly string[] =>
  [...output.matchAll(faultLine)].map(({ groups: { place = '$', message = '' } = {} }) =>
    excerpt(`at ${place}: ${withoutValues(message)}`),
  );

/**
 * What Ignition has against a config, in its own words, on one line and without the config's values; undefined where it
 * takes the config, or is too old to know its version. Warnings are passed over, as Ignition does at boot.
 *
 * @throws Error when the run failed for a reason that is not the config's
 */
export const faultsOfConfig = ({ exitCode, stdout, stderr }: ValidatorRun): string | undefined => {
  const output = `${stdout}\n${stderr}`;
  if (exitCode === 0 || unknownVersion.test(output)) return undefined;
  const faults = faultsIn(output);
  // What else it printed may hold the config's secrets, so it is not in the message.
  if (exitCode !== 1 || faults.length === 0) {
    throw new Error(`ignition-validate failed with exit code ${exitCode ?? 'unknown'}`);
  }
  return faults.slice(0, shownFaults).join('; ');
};
