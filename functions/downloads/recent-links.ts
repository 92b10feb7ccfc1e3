import type { Links, PresignedLink } from '#domain/infra-env/artifact-ports.ts';
import type { Clock } from '#domain/ports.ts';

/** How long a link is handed out again, and what has to be left of its life then. */
const reuseMs = 60_000;

const maximumLinks = 1_000;

/**
 * Remembers for a minute which artifacts were there, by the links that were made to them. An image service asks for the
 * same ignition at every range request: it then costs neither a look into the bucket nor a signature. An artifact never
 * changes, and it is removed only with its infra-env, which is read at every request.
 */
export const recentLinks = ({ presign }: Links, clock: Clock) => {
  const recent = new Map<string, PresignedLink & { readonly until: number }>();

  const remember = (key: string, link: PresignedLink): void => {
    const [oldest] = recent.keys();
    if (recent.size >= maximumLinks && oldest !== undefined) recent.delete(oldest);
    const until = Math.min(clock().getTime(), link.expiresAt.getTime() - 2 * reuseMs) + reuseMs;
    recent.set(key, { ...link, until });
  };

  return {
    /** undefined when none was made lately. */
    find: (key: string): PresignedLink | undefined => {
      const found = recent.get(key);
      if (found !== undefined && found.until > clock().getTime()) return found;
      recent.delete(key);
      return undefined;
    },
    make: async (key: string, fileName: string): Promise<PresignedLink> => {
      const link = await presign(key, fileName);
      remember(key, link);
      return link;
    },
  };
};
