/** What kind of ISO an infra-env is for, as the assisted-service API names it. */
export const imageTypes = ['full-iso', 'minimal-iso', 'disconnected-iso'] as const;
export type ImageType = (typeof imageTypes)[number];
