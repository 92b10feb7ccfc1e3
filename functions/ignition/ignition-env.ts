import * as z from 'zod';
import type { AgentSettings } from '#domain/ignition/standard/agent.ts';
import { checkTrustBundle } from '#domain/values/trust-bundle.ts';
import { kmsKeyArn } from '#runtime/arn-variables.ts';

const directory = z.string().regex(/^\/./, 'an absolute path');

/** Where the agent of a discovered host reports to: the start of a URL, to which the agent adds the API's path. */
export const serviceBaseUrl = z
  .url({ protocol: /^https?$/ })
  .regex(/^[!-~]+$/, 'printable ASCII without spaces')
  .transform((url) => url.replace(/\/+$/, ''));

/** A container image as podman pulls it: registry, path, and a tag or a digest. */
export const agentImage = z.string().regex(/^[a-z0-9][\w.-]*(:\d+)?(\/[\w.-]+)+(:[\w.-]+)?(@sha256:[0-9a-f]{64})?$/);

const isTrustBundle = (text: string): boolean => {
  try {
    checkTrustBundle(text);
    return true;
  } catch {
    return false;
  }
};

/** X.509 certificates in PEM. Lambda takes 4 KB for all variables of a function together. */
export const caCertificate = z.string().max(3_000).refine(isTrustBundle, 'certificates in PEM');

/** As the assisted-service has it. */
const defaultAgentImage = 'quay.io/edge-infrastructure/assisted-installer-agent:latest';

/** Environment of the ignition function. */
export const environment = z.object({
  TABLE_NAME: z.string().min(3),
  ARTIFACTS_BUCKET: z.string().min(3),
  /** For reading only. */
  RELEASES_BUCKET: z.string().min(3),
  /** Opens pull secrets, and seals and opens what belongs to an installation. */
  PULL_SECRET_KEY_ARN: kmsKeyArn,
  /** Installers baked into the image: `<version>/openshift-install`. It need not exist. */
  INSTALLER_IMAGE_DIR: directory,
  INSTALLER_CACHE_DIR: directory,
  INSTALLER_CACHE_BYTES: z.coerce.number<string>().int().min(1),
  WORKSPACE_DIR: directory,
  INSTALLER_TIMEOUT_SECONDS: z.coerce.number<string>().positive(),
  /** Without it no ignition is made for full and minimal ISOs. */
  SERVICE_BASE_URL: serviceBaseUrl.optional(),
  AGENT_IMAGE: agentImage.default(defaultAgentImage),
  /** What vouches for the service, where the authorities of CoreOS do not. */
  SERVICE_CA_CERTIFICATE: caCertificate.optional(),
});

export type Environment = z.infer<typeof environment>;

/** What the variables say about the agent. */
export const agentOf = (env: Environment): AgentSettings | undefined =>
  env.SERVICE_BASE_URL === undefined
    ? undefined
    : { serviceBaseUrl: env.SERVICE_BASE_URL, image: env.AGENT_IMAGE, caCertificate: env.SERVICE_CA_CERTIFICATE };
