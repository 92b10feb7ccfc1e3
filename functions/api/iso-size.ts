import type { InfraEnv } from '#domain/infra-env/infra-env.ts';
import type { Clock } from '#domain/ports.ts';
import type { Releases } from '#domain/release/release-ports.ts';

/** Releases change by an operator's hand: a list of hundreds of infra-envs asks for each of theirs once. */
const rememberedMs = 60_000;

export type IsoSize = (infraEnv: InfraEnv) => Promise<number | undefined>;

/** Bytes of an infra-env's ISO, which are those of its release's base ISO; undefined while there is none. */
export const isoSizes = (releases: Pick<Releases, 'get'>, clock: Clock): IsoSize => {
  const known = new Map<string, { readonly size: Promise<number | undefined>; readonly until: number }>();

  const sizeOf = async (version: string): Promise<number | undefined> => (await releases.get(version))?.baseIso?.size;

  return async ({ type, openshiftVersion }) => {
    if (type !== 'disconnected-iso' || openshiftVersion === undefined) return undefined;
    const now = clock().getTime();
    const found = known.get(openshiftVersion);
    if (found !== undefined && found.until > now) return found.size;
    const size = sizeOf(openshiftVersion);
    known.set(openshiftVersion, { size, until: now + rememberedMs });
    // A failure is not remembered.
    size.catch(() => known.delete(openshiftVersion));
    return size;
  };
};
