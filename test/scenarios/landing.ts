import { load, YAML11_SCHEMA } from 'js-yaml';
import type { InfraEnvSettings } from '#domain/infra-env/infra-env-settings.ts';
import { decodeFile, hasFile } from '#test/stand-ins/openshift-install/read-ignition.ts';

/** One setting: how it is given and cleared, and what a host makes of it. */
export interface Landing {
  readonly setting: string;
  readonly given: InfraEnvSettings;
  /** The PATCH that clears it. */
  readonly cleared: object;
  readonly look: (ignition: string) => unknown;
  readonly expected: unknown;
  /** What is seen without it. */
  readonly absent: unknown;
  /** It cannot be given together with another one of the table, which takes its place there. */
  readonly isVariant?: true;
}

interface Spec {
  readonly sshAuthorizedKey?: string;
  readonly proxy?: object;
  readonly additionalNTPSources?: readonly string[];
  readonly additionalTrustBundle?: string;
  readonly ignitionConfigOverride?: string;
  readonly nmStateConfigLabelSelector?: { readonly matchLabels?: Readonly<Record<string, string>> };
}

/** What the service on the rendezvous host is told of the infra-env, read as the host reads it. */
export const specIn = (ignition: string): Spec => {
  const text = decodeFile(ignition, '/etc/assisted/manifests/infraenv.yaml');
  return (load(text, { schema: YAML11_SCHEMA }) as { spec: Spec }).spec;
};

export const textAt = (ignition: string, path: string): string | undefined =>
  hasFile(ignition, path) ? decodeFile(ignition, path) : undefined;
