import type { InstallerProfile } from '#domain/release/installer-profile.ts';
import { generations, versions } from '#local/sample-release/openshift-install/make-installer.ts';
import { profileOfGeneration } from '#test/fakes/installer-profile.ts';

const marker = '<!-- profiles of the releases -->\n';

const networkUnit = 'pre-network-manager-config.service';

const yesNo = (value: boolean): string => (value ? 'yes' : 'no');

const runsOf = ({ networks }: InstallerProfile): string => {
  if (networks === undefined) return 'not carried';
  return networks.besideAddress === 'arrive' ? 'one' : 'two';
};

const rows: readonly (readonly [string, (profile: InstallerProfile) => string])[] = [
  ['knows `--interactive`', ({ flags }) => yesNo(flags.includes('--interactive'))],
  ['carries the fixed registry mirrors', ({ mirrors }) => yesNo(mirrors)],
  ['runs for static networks and an address of the rendezvous host', runsOf],
  [
    'takes a static address for that of the rendezvous host by itself',
    ({ networks }) => yesNo(networks?.makeRendezvousHost === true),
  ],
  [`limit of \`${networkUnit}\``, ({ units }) => `${units[networkUnit]?.timeout ?? 'none'} s`],
  [
    'tokens that the key in its ignition verifies',
    ({ authentication }) => String(authentication?.tokens.length ?? 'none'),
  ],
  ['what each run invents', ({ invented }) => [...new Set(invented.map(({ name }) => `\`${name}\``))].join(', ')],
  ['settings that it does not carry', ({ lacks }) => lacks.join(', ') || 'none'],
];

const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

/** What an examination finds out about each measured build, as the tests' stand-ins play it. */
const releaseTable = async (): Promise<string> => {
  const profiles = await Promise.all(generations.map(profileOfGeneration));
  const head = ['', ...generations.map((generation) => `${generation}, e.g. ${versions[generation]}`)];
  return [
    line(head),
    `|${head.map(() => '---|').join('')}`,
    ...rows.map(([name, text]) => line([name, ...profiles.map(text)])),
  ].join('\n');
};

/** A text with the table behind its marker as an examination makes it now. */
export const withReleaseTable = async (text: string): Promise<string> => {
  const start = text.indexOf(marker) + marker.length;
  const end = text.indexOf('\n\n', start);
  return `${text.slice(0, start)}${await releaseTable()}${text.slice(end)}`;
};
