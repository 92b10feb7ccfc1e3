/**
 * A minimal reader of ISO 9660 (ECMA-119), for finding a few files of a CoreOS image.
 *
 * Read: the primary volume descriptor, directories, names of level 1 to 3 and Rock Ridge's NM.
 * Not read: Joliet, UDF and El Torito's boot catalogue; path tables; volume sets; logical blocks of other than 2048
 * bytes; files of several extents or interleaved ones, which are refused if asked for; zisofs, so contents come as they are
 * stored; of Rock Ridge all but NM in the record itself (no CE continuation, no relocated or linked paths, no SP skip).
 */
import { both16, both32 } from './both-endian.ts';
import { type Extent, type IsoImage, readExtent } from './image.ts';
import { damaged, isoProblem } from './problem.ts';

export const sectorBytes = 2048;
/** Byte offset of the first volume descriptor: the system area before it is boot code. */
export const firstDescriptorAt = 16 * sectorBytes;
/** CoreOS images have three or four; anything else before the terminator is not a list of descriptors. */
const mostDescriptors = 16;
const primary = 1;
const terminator = 255;

export interface Volume {
  readonly id: string;
  /** Bytes; a hybrid image may be longer by a partition table. */
  readonly size: number;
  readonly root: Extent;
}

const isDescriptor = (sector: Buffer): boolean => sector.toString('latin1', 1, 6) === 'CD001';

const rootRecordAt = 156;
const place = 'the primary volume descriptor:';

const parsePrimary = (sector: Buffer): Volume => {
  const block = both16(sector, { at: 128, name: `${place} block size` });
  if (block !== sectorBytes) throw damaged(place, `block size is ${block}, not ${sectorBytes}`);
  const rootSector = both32(sector, { at: rootRecordAt + 2, name: `${place} root directory's sector` });
  return {
    id: sector.toString('latin1', 40, 72).replace(/[ \0]+$/, ''),
    size: both32(sector, { at: 80, name: `${place} volume size` }) * sectorBytes,
    root: {
      offset: rootSector * sectorBytes,
      length: both32(sector, { at: rootRecordAt + 10, name: `${place} root directory's length` }),
    },
  };
};

const readDescriptor = async (image: IsoImage, index: number): Promise<Buffer> => {
  const offset = firstDescriptorAt + index * sectorBytes;
  const inImage = offset + sectorBytes <= image.size;
  const what = `volume descriptor ${index + 1}`;
  const sector = inImage ? await readExtent(image, { offset, length: sectorBytes, what }) : Buffer.alloc(sectorBytes);
  if (isDescriptor(sector)) return sector;
  throw index === 0 ? isoProblem('NotIso9660') : damaged(what, 'is none');
};

/**
 * Finds the primary volume descriptor.
 *
 * @throws IsoProblem NotIso9660, Damaged, CutOff
 */
export const readVolume = async (image: IsoImage): Promise<Volume> => {
  for (let index = 0; index < mostDescriptors; index += 1) {
    const sector = await readDescriptor(image, index);
    if (sector[0] === terminator) break;
    if (sector[0] !== primary) continue;
    const volume = parsePrimary(sector);
    if (volume.size > image.size) throw isoProblem('CutOff', { size: image.size, needed: volume.size });
    return volume;
  }
  throw damaged('the list of volume descriptors', 'has no primary one');
};
