import type { PresignedLink } from '#domain/infra-env/artifact-ports.ts';

interface PlacedLink extends PresignedLink {
  /** Bytes into the base ISO. */
  readonly offset?: number;
}

/** A link in the body. Nobody may keep the answer longer than the link works. */
export const answerOf = ({ url, expiresAt, offset }: PlacedLink) => ({
  body: { url, expires_at: expiresAt.toISOString(), ...(offset === undefined ? {} : { offset }) },
  headers: { 'cache-control': 'no-store', ...(offset === undefined ? {} : { 'x-image-offset': String(offset) }) },
});

/** A redirect to a link, which is in the body too. */
export const redirectTo = (link: PlacedLink) => {
  const { body, headers } = answerOf(link);
  return { body, headers: { ...headers, location: link.url } };
};
