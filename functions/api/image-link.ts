import { imagePath } from '#contract/image-path.ts';
import { reasonForNoIso } from '#domain/infra-env/image-type.ts';
import type { InfraEnv } from '#domain/infra-env/infra-env.ts';
import type { ImageTokens, LinkToImage } from '#domain/infra-env/infra-env-ports.ts';
import type { Clock } from '#domain/ports.ts';
import type { Releases } from '#domain/release/release-ports.ts';
import type { Hosts } from '#domain/release/resolve.ts';

/** Releases change by an operator's hand: a list of hundreds of infra-envs asks for each of theirs once. */
const rememberedMs = 60_000;

type IsoSize = (infraEnv: InfraEnv) => Promise<number | undefined>;

/** Bytes of an infra-env's ISO, which are those of its release's base ISO; undefined while there is none. */
export const isoSizes = (releases: Pick<Releases, 'get'>, clock: Clock): IsoSize => {
  const known = new Map<string, { readonly size: Promise<number | undefined>; readonly until: number }>();

  const sizeOf = async (version: string, hosts: Hosts): Promise<number | undefined> =>
    (await releases.get(version, hosts))?.baseIso?.size;

  return async ({ type, openshiftVersion, cpuArchitecture, releaseArchitecture }) => {
    if (type !== 'disconnected-iso' || openshiftVersion === undefined) return undefined;
    const key = `${openshiftVersion} ${releaseArchitecture} ${cpuArchitecture}`;
    const now = clock().getTime();
    const found = known.get(key);
    if (found !== undefined && found.until > now) return found.size;
    const size = sizeOf(openshiftVersion, { cpuArchitecture, releaseArchitecture });
    known.set(key, { size, until: now + rememberedMs });
    // A failure is not remembered.
    size.catch(() => known.delete(key));
    return size;
  };
};

interface Linking {
  /** Whether nobody is asked who they are: then the infra-env's id opens its image, for good. */
  readonly open: boolean;
  readonly imageTokens: Pick<ImageTokens, 'issue'>;
  /** In place of the origin that the client has reached: where a proxy gives the API another name. */
  readonly publicUrl?: string | undefined;
  readonly isoSize: IsoSize;
}

/** Links to images below this API's own address, in the form of assisted-image-service. */
export const imageLinks =
  ({ open, imageTokens, publicUrl, isoSize }: Linking): LinkToImage =>
  async (infraEnv, origin) => {
    if (reasonForNoIso(infraEnv.type) !== undefined) return undefined;
    const { token, ...end } = open ? { token: infraEnv.id } : await imageTokens.issue(infraEnv);
    const path = imagePath({ form: open ? 'byid' : 'bytoken', token }, infraEnv);
    if (path === undefined) return undefined;
    const size = await isoSize(infraEnv);
    return { url: `${publicUrl ?? origin}${path}`, ...end, ...(size === undefined ? {} : { size }) };
  };
