import { extract } from 'tar-stream';

/** Names of the entries of a tar archive, in their order. */
export const namesInTar = async (archive: Buffer): Promise<string[]> => {
  const names: string[] = [];
  const reader = extract();
  reader.end(archive);
  for await (const entry of reader) {
    names.push(entry.header.name);
    entry.resume();
  }
  return names;
};
