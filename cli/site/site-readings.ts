import { CommandFailure } from '#adapters/command-failure.ts';

/** What one file is: a site, or nothing that can be worked on. */
export type Reading<Site> =
  | { readonly file: string; readonly site: Site }
  | { readonly file: string; readonly error: unknown };

/** Reads all files before anything is done: two of one site would be made twice, or applied over each other. */
export const readSites = async <Site extends { readonly name: string }>(
  files: readonly string[],
  read: (file: string) => Promise<Site>,
): Promise<readonly Reading<Site>[]> => {
  const one = (file: string) =>
    read(file).then(
      (site) => ({ file, site }),
      (error: unknown) => ({ file, error }),
    );
  const readings: readonly Reading<Site>[] = await Promise.all(files.map(one));
  const byName = Map.groupBy(readings, (reading) => ('site' in reading ? reading.site.name : undefined));
  return readings.map((reading) => {
    if (!('site' in reading)) return reading;
    const { file, site } = reading;
    const other = byName.get(site.name)?.find((each) => each !== reading);
    if (other === undefined) return reading;
    return { file, error: new CommandFailure(`${file}: ${other.file} is of the site ${site.name} as well`) };
  });
};
