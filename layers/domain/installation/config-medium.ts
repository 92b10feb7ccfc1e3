import { gzipSync } from 'node:zlib';
import { failure } from '../errors.ts';
import { cpioArchive } from '../ignition/cpio.ts';
import type { Ignition } from '../ignition/ignition.ts';
import { resourceText } from '../ignition/resource.ts';
import { writeIso } from '../iso/write-iso.ts';
import { volumeLabel } from './config-archive.ts';
import type { ArchivedFile } from './cpio-reader.ts';
import { manifestFolder } from './site-files.ts';

/** The unit that udev starts for a medium, and the variable that lists what its script copies from there. */
export const loaderUnit = 'load-config-iso@.service';
const listLine = /^Environment="?CONFIG_IMAGE_FILES=(?<list>[^"\n]*)"?$/m;

const listOf = ({ systemd }: Ignition): readonly string[] => {
  const unit = systemd?.units?.find(({ name }) => name === loaderUnit);
  const list = listLine.exec(unit?.contents ?? '')?.groups?.list ?? '';
  return list.split(',').filter((entry) => entry !== '');
};

/** The script takes an entry with a dot, and one more, for a file that has to be there; any other for a beginning of paths. */
const isFile = (entry: string): boolean => entry.includes('.') || entry === '/etc/issue';

const covers = (entry: string, path: string): boolean => (isFile(entry) ? entry === path : path.startsWith(entry));

const imageSet = `${manifestFolder}cluster-image-set.yaml`;

const imageSetOf = ({ storage }: Ignition): string | undefined => {
  const { contents } = storage?.files?.find(({ path }) => path === imageSet) ?? {};
  return contents ? resourceText(contents) : undefined;
};

interface Pair {
  readonly version: string;
  /** What a host has that waits for the medium. */
  readonly unconfigured: Ignition;
  readonly files: readonly ArchivedFile[];
}

const reasonAgainst = ({ unconfigured, files }: Omit<Pair, 'version'>): string | undefined => {
  const list = listOf(unconfigured);
  if (list.length === 0) return 'its hosts load no configuration medium';
  const left = files.find(({ path }) => !list.some((entry) => covers(entry, path)));
  if (left !== undefined) return `its hosts would not copy ${left.path} from there`;
  const missing = list.find((entry) => isFile(entry) && !files.some(({ path }) => path === entry));
  if (missing !== undefined) return `its hosts would look for ${missing} there in vain`;
  const given = files.find(({ path }) => path === imageSet)?.content.toString('utf8');
  return given === imageSetOf(unconfigured)
    ? undefined
    : 'it names its release image there in another way than in the ISO';
};

/**
 * Checks that the hosts of the ISO take all of the medium: the loader copies what its list has and no more, refuses a medium
 * without a file of the list, and one whose image set is not byte for byte the host's.
 *
 * @throws SiteNotSeparable
 */
export const checkLoads = ({ version, ...pair }: Pair): void => {
  const reason = reasonAgainst(pair);
  if (reason !== undefined) throw failure('SiteNotSeparable', { version, reason });
};

/** A byte of gzip's header that says on which system it was made; 255 is an unknown one. */
const systemByte = { at: 9, unknown: 255 } as const;

/** The medium with these files: an ISO 9660 image of one packed archive. Equal files give equal bytes. */
export const configMedium = (files: readonly ArchivedFile[]): Buffer => {
  const sorted = files.toSorted((a, b) => (a.path < b.path ? -1 : 1));
  const archive = gzipSync(cpioArchive(sorted.map(({ path, mode, content }) => ({ name: path, mode, content }))));
  archive[systemByte.at] = systemByte.unknown;
  return writeIso(volumeLabel, { name: 'CONFIG.GZ', content: archive });
};
