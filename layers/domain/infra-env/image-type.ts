/** What kind of ISO an infra-env is for, as the assisted-service API names it. */
export const imageTypes = ['full-iso', 'minimal-iso', 'disconnected-iso'] as const;
export type ImageType = (typeof imageTypes)[number];

/** Why there is no ISO of the type to download; undefined where there is one. */
export const reasonForNoIso = (type: ImageType): string | undefined =>
  type === 'disconnected-iso'
    ? undefined
    : `image service is disabled: this service has no ISO of type ${type}, an assisted-image-service makes one of the ` +
      'discovery.ign of the infra-env';
