/** A file as the configuration image's archive has it. */
export interface ArchivedFile {
  readonly path: string;
  readonly mode: number;
  readonly content: string;
}

const pad = (bytes: Buffer): Buffer => Buffer.concat([bytes, Buffer.alloc((4 - (bytes.length % 4)) % 4)]);

const entry = (path: string, mode: number, content: Buffer): Buffer => {
  const name = Buffer.from(`${path}\0`);
  const fields = [0, mode, 0, 0, 1, 0, content.length, 0, 0, 0, 0, name.length, 0];
  const header = `070701${fields.map((field) => field.toString(16).padStart(8, '0')).join('')}`;
  return Buffer.concat([pad(Buffer.concat([Buffer.from(header), name])), pad(content)]);
};

/** A newc archive whose names are absolute. */
export const writeCpio = (files: readonly ArchivedFile[]): Buffer =>
  Buffer.concat([
    ...files.map(({ path, mode, content }) => entry(path, 0o100000 | mode, Buffer.from(content))),
    entry('TRAILER!!!', 0, Buffer.alloc(0)),
  ]);
