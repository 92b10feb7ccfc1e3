import { gunzipSync } from 'node:zlib';
import { findFile } from '../iso/find-file.ts';
import { readExtent } from '../iso/image.ts';
import { readVolume } from '../iso/volume.ts';
import { type ArchivedFile, readCpio } from './cpio-reader.ts';

/** The label by which a host finds the medium. */
export const volumeLabel = 'agent_configimage';
const archivePath = '/config.gz';

/** Bytes, unpacked: 60 times what an image without manifests holds. */
const largestArchive = 16 * 1024 * 1024;

const unpacked = (bytes: Buffer): Buffer => {
  try {
    return gunzipSync(bytes, { maxOutputLength: largestArchive });
  } catch {
    throw new Error('the archive of the configuration image cannot be unpacked');
  }
};

/**
 * The files that `agent create config-image` made: what is in `/config.gz`, a gzip'd cpio archive, of the ISO that it wrote.
 *
 * @throws IsoProblem, Error; neither holds anything of the contents
 */
export const readConfigImage = async (bytes: Uint8Array): Promise<readonly ArchivedFile[]> => {
  const image = {
    size: bytes.length,
    read: async (offset: number, length: number) => bytes.subarray(offset, offset + length),
  };
  const { id, root } = await readVolume(image);
  if (id.toLowerCase() !== volumeLabel) throw new Error('openshift-install wrote an image that is not a configuration');
  const extent = await findFile(image, root, archivePath);
  if (extent === undefined) throw new Error('the configuration image has no archive');
  return readCpio(unpacked(await readExtent(image, { ...extent, what: archivePath })));
};
