export interface Checksum {
  readonly file: string;
  /** Lower-case hex SHA-256. */
  readonly sha256: string;
}

const line = /^([0-9a-f]{64})[ \t]+\*?(\S+)$/;

/**
 * The first of these files that a `sha256sum.txt` lists; undefined when it lists none. Reads the lines that sha256sum
 * writes for names without blanks or backslashes, and skips all others.
 */
export const checksumOf = (sums: string, files: readonly string[]): Checksum | undefined => {
  const listed = new Map(
    sums.split(/\r?\n/).flatMap((text) => {
      const [, sha256, file] = line.exec(text) ?? [];
      return sha256 === undefined || file === undefined ? [] : [[file, sha256] as const];
    }),
  );
  const file = files.find((name) => listed.has(name));
  const sha256 = file === undefined ? undefined : listed.get(file);
  return file === undefined || sha256 === undefined ? undefined : { file, sha256 };
};
