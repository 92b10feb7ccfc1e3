import { artifactEnd } from '#domain/infra-env/artifact.ts';
import type { Links, PresignedLink } from '#domain/infra-env/artifact-ports.ts';
import type { Clock } from '#domain/ports.ts';

/** How long a link is handed out again, and what has to be left of its life then. */
const reuseMs = 60_000;

const maximumLinks = 1_000;

interface WantedLink {
  readonly key: string;
  /** The name under which a browser saves it. */
  readonly savedAs: string;
  /** When the artifact was written. */
  readonly writtenAt: Date;
}

/**
 * Remembers for a minute which artifacts were there, by the links that were made to them. An image service asks for the
 * same ignition at every range request: it then costs neither a look into the bucket nor a signature. An artifact never
 * changes, and is removed with its infra-env, which is read at every request, or at the end of its life, from which on
 * nothing is remembered of it. One that somebody takes out of the bucket by hand is linked to for that minute.
 */
export const recentLinks = ({ presign }: Links, clock: Clock) => {
  const recent = new Map<string, PresignedLink & { readonly until: number }>();

  const remember = (key: string, link: PresignedLink, writtenAt: Date): void => {
    const [oldest] = recent.keys();
    if (recent.size >= maximumLinks && oldest !== undefined) recent.delete(oldest);
    const ends = [clock().getTime() + reuseMs, link.expiresAt.getTime() - reuseMs, artifactEnd(writtenAt).getTime()];
    recent.set(key, { ...link, until: Math.min(...ends) });
  };

  return {
    /** undefined when none was made lately. */
    find: (key: string): PresignedLink | undefined => {
      const found = recent.get(key);
      if (found !== undefined && found.until > clock().getTime()) return found;
      recent.delete(key);
      return undefined;
    },
    make: async ({ key, savedAs, writtenAt }: WantedLink): Promise<PresignedLink> => {
      const link = await presign(key, savedAs);
      remember(key, link, writtenAt);
      return link;
    },
  };
};
