import { hasTools } from '#test/tools.ts';
import { type Composition, compositions, costs, type Place } from './iso-bench.ts';
import { ms, row } from './markdown-table.ts';

const isoRow = ({ size, parts, uploaded, read, memoryMiB, composeSeconds, planMs }: Composition): string => {
  const through = uploaded + read;
  const share = `${((through / size) * 100).toFixed(3)} %`;
  const gigabytes = (size / 1e9).toFixed(0);
  const seconds = composeSeconds.toFixed(2);
  return row([gigabytes, String(parts), (through / 1e6).toFixed(1), share, seconds, ms(planMs), memoryMiB.toFixed(0)]);
};

const streamingOf = ({ size, composeSeconds, streamSeconds }: Composition): readonly string[] => {
  if (streamSeconds === undefined) return [];
  const perGigabyte = (streamSeconds / (size / 1e9)).toFixed(2);
  const ratio = (streamSeconds / composeSeconds).toFixed(0);
  return [
    `Streaming the ISO of ${(size / 1e9).toFixed(0)} GB through a process of this machine, as at every download: ` +
      `${streamSeconds.toFixed(1)} s, which is ${perGigabyte} s per GB and ${ratio} times the composition.`,
  ];
};

/** Prints what composing ISOs took; without xorriso, which makes them, why nothing was measured. */
export const reportCompositions = async (place: Place): Promise<void> => {
  if (!hasTools('xorriso')) {
    return console.log('\nComposition of an ISO: not measured without xorriso (on Debian: apt-get install xorriso).');
  }
  console.log('\nComposition of an ISO, from the registration to the link (local S3, which moves no byte of a copy):');
  console.log(row(['ISO GB', 'parts', 'MB through the functions', 'of the ISO', 'seconds', 'plan ms', 'memory MiB']));
  console.log(row(['---', '---', '---', '---', '---', '---', '---']));
  const results = await compositions(place);
  for (const result of results) console.log(isoRow(result));
  for (const line of results.flatMap(streamingOf)) console.log(line);
};

/** Prints what composing an ISO costs in AWS. */
export const reportCosts = (): void => {
  const cents = (dollars: number): string => (dollars * 100).toFixed(2);
  console.log('\nCost of one ISO in AWS, in US cents, by list prices and the requests of its plan, kept for 2 days:');
  console.log(row(['ISO GB', 'S3 requests', 'Step Functions', 'Lambda', 'S3 storage', 'together']));
  console.log(row(['---', '---', '---', '---', '---', '---']));
  for (const { gigabytes, requests, transitions, lambda, storage, total } of costs()) {
    console.log(row([String(gigabytes), ...[requests, transitions, lambda, storage, total].map(cents)]));
  }
};
