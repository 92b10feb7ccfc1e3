import { imagePath } from '#contract/image-path.ts';
import type { ImageTokens, LinkToImage } from '#domain/infra-env/infra-env-ports.ts';
import type { IsoSize } from './iso-size.ts';

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
    const { token, ...end } = open ? { token: infraEnv.id } : await imageTokens.issue(infraEnv);
    const path = imagePath({ form: open ? 'byid' : 'bytoken', token }, infraEnv);
    if (path === undefined) return undefined;
    const size = await isoSize(infraEnv);
    return { url: `${publicUrl ?? origin}${path}`, ...end, ...(size === undefined ? {} : { size }) };
  };
