import { type DirectoryRecord, recordsOf } from './directory-record.ts';
import { type Extent, type IsoImage, readExtent } from './image.ts';
import { isoProblem } from './problem.ts';

/** CoreOS images have directories of one sector; this is 128 of them. */
const largestDirectory = 256 * 1024;
const deepestPath = 8;

/** What a writer of level 1 makes of a name: 8.3, upper case, few characters. */
const levelOneName = (name: string): string => {
  const dot = name.lastIndexOf('.');
  const [base, extension] = dot < 0 ? [name, ''] : [name.slice(0, dot), name.slice(dot + 1)];
  const plain = (text: string, length: number) => text.replaceAll(/[^a-z0-9_]/gi, '_').slice(0, length);
  return extension === '' ? plain(base, 8) : `${plain(base, 8)}.${plain(extension, 3)}`;
};

const isSame = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

/** The whole name, without regard to case; only where none has it the shortened one. */
const findRecord = (records: readonly DirectoryRecord[], name: string): DirectoryRecord | undefined =>
  records.find(({ rockRidgeName, isoName }) => isSame(rockRidgeName ?? isoName, name)) ??
  records.find(({ rockRidgeName, isoName }) => rockRidgeName === undefined && isSame(isoName, levelOneName(name)));

const readDirectory = async (image: IsoImage, extent: Extent, path: string): Promise<readonly DirectoryRecord[]> => {
  const what = `the directory ${path}`;
  if (extent.length > largestDirectory) {
    throw isoProblem('TooLarge', { what, size: extent.length, limit: largestDirectory });
  }
  return [...recordsOf(await readExtent(image, { ...extent, what }), path)];
};

const checkedFile = ({ size }: IsoImage, { isContiguous, extent }: DirectoryRecord, path: string): Extent => {
  if (!isContiguous) throw isoProblem('NotSupported', { path, reason: 'lies in several pieces' });
  if (extent.offset + extent.length > size) throw isoProblem('OutsideImage', { what: path });
  return extent;
};

/**
 * Finds a file by its path, e.g. `/coreos/igninfo.json`, by any of the names that writers give: Rock Ridge's, a long ISO
 * 9660 one, or that of level 1 (`IGNINFO.JSO;1`).
 *
 * @returns where it lies; undefined when there is no such file
 * @throws IsoProblem
 */
export const findFile = async (image: IsoImage, root: Extent, path: string): Promise<Extent | undefined> => {
  const names = path.split('/').filter((name) => name !== '');
  if (names.length > deepestPath) return undefined;
  let directory = root;
  for (const [index, name] of names.entries()) {
    const records = await readDirectory(image, directory, `/${names.slice(0, index).join('/')}`);
    const found = findRecord(records, name);
    const isLast = index === names.length - 1;
    if (found === undefined || found.isDirectory === isLast) return undefined;
    if (isLast) return checkedFile(image, found, path);
    directory = found.extent;
  }
  return undefined;
};
