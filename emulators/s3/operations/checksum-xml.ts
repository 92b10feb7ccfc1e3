/** A checksum in an XML answer. */
import type { Checksum } from '../body/checksum.ts';
import type { XmlNode } from '../xml-writer.ts';

/** `ChecksumCRC32` and the like; a part has no type of its own. */
export const checksumValueXml = (checksum: Checksum | undefined): XmlNode | undefined =>
  checksum && [`Checksum${checksum.algorithm}`, checksum.value];

export const checksumTypeXml = (checksum: Checksum | undefined): XmlNode | undefined =>
  checksum && ['ChecksumType', checksum.type];
