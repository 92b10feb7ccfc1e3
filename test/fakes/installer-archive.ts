import { createHash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { pack } from 'tar-stream';
import type { Mirror } from './mirror-server.ts';
import type { SignatureForm, SigningKey } from './release-key.ts';

export const sha256 = (content: Uint8Array): string => createHash('sha256').update(content).digest('hex');

/** A tar archive of files, in their order. */
export const tarOf = async (files: Readonly<Record<string, Buffer | string>>): Promise<Buffer> => {
  const archive = pack();
  for (const [name, content] of Object.entries(files)) archive.entry({ name, mode: 0o755 }, content);
  archive.finalize();
  return buffer(archive);
};

/** The archive as the mirror has it: a text and the installer. */
export const installerArchive = async (installer: Buffer, text: Buffer | string = 'read me\n'): Promise<Buffer> =>
  gzipSync(await tarOf({ 'README.md': text, 'openshift-install': installer }));

interface Published {
  readonly mirror: Mirror;
  readonly key: SigningKey;
  readonly version: string;
  readonly archive: Buffer;
  /** Folder below the mirror's address; that of x86_64 unless given. */
  readonly folder?: string;
  readonly archiveName?: string;
  readonly form?: SignatureForm;
  readonly signatureName?: string;
}

/** Publishes a release as the public mirror does; gives the path of its folder and of its archive. */
export const publish = async ({ mirror, key, version, archive, ...more }: Published) => {
  const folder = more.folder ?? `clients/ocp/${version}/`;
  const name = more.archiveName ?? `openshift-install-linux-${version}.tar.gz`;
  const sums = `${'0'.repeat(64)}  openshift-client-linux-${version}.tar.gz\n${sha256(archive)}  ${name}\n`;
  mirror.put(`${folder}${name}`, archive);
  mirror.put(`${folder}sha256sum.txt`, sums);
  mirror.put(`${folder}${more.signatureName ?? 'sha256sum.txt.gpg'}`, await key.sign(sums, more.form));
  return { folder, archivePath: `${folder}${name}`, sums };
};
