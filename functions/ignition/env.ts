import * as z from 'zod';

const directory = z.string().regex(/^\/./, 'an absolute path');

/** Environment of the ignition function. */
export const environment = z.object({
  TABLE_NAME: z.string().min(3),
  ARTIFACTS_BUCKET: z.string().min(3),
  /** For reading only. */
  RELEASES_BUCKET: z.string().min(3),
  /** For decrypting only. */
  PULL_SECRET_KEY_ARN: z.string().regex(/^arn:[\w-]+:kms:[\w-]+:\d{12}:key\/[\w-]+$/),
  /** Installers baked into the image: `<version>/openshift-install`. It need not exist. */
  INSTALLER_IMAGE_DIR: directory,
  INSTALLER_CACHE_DIR: directory,
  INSTALLER_CACHE_BYTES: z.coerce.number<string>().int().min(1),
  WORKSPACE_DIR: directory,
  INSTALLER_TIMEOUT_SECONDS: z.coerce.number<string>().positive(),
});

export type Environment = z.infer<typeof environment>;
