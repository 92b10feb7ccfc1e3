import type { Credentials } from '#domain/ignition/credentials.ts';
import type { CredentialStore } from '#domain/ignition/ignition-ports.ts';

/** Keeps credentials by infra-env: the first stay. */
export const memoryCredentials = (stored: Map<string, Credentials>): CredentialStore => ({
  read: async ({ infraEnvId }) => stored.get(infraEnvId),
  keepFirst: async ({ infraEnvId, credentials }) => {
    const kept = stored.get(infraEnvId) ?? credentials;
    stored.set(infraEnvId, kept);
    return kept;
  },
  remove: async ({ infraEnvId }) => {
    stored.delete(infraEnvId);
  },
});
