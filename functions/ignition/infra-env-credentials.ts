import { type Credentials, credentialsOf } from '#domain/ignition/credentials.ts';
import type { Ignition } from '#domain/ignition/ignition.ts';
import type { CredentialStore } from '#domain/ignition/ignition-ports.ts';
import { secretOf } from '#domain/infra-env/infra-env.ts';
import type { InstallerProfile } from '#domain/release/installer-profile.ts';
import type { Generation } from './generation.ts';
import type { Dependencies } from './ignition-dependencies.ts';

interface Run {
  readonly profile: InstallerProfile;
  readonly ignition: Ignition;
}

const learn = ({ redaction }: Generation, credentials: Credentials): void =>
  Object.values(credentials).forEach(redaction.learn);

/** The inventions of the first run that were stored, which all later ones take in the place of their own. */
export const keptCredentials = async (
  store: CredentialStore,
  generation: Generation,
  own: Credentials,
): Promise<Credentials> => {
  const { infraEnv } = generation;
  const { infraEnvId, userName } = secretOf(infraEnv);
  const subject = { infraEnvId, userName };
  learn(generation, own);
  const kept =
    (await store.read(subject)) ??
    (await store.keepFirst({ ...subject, credentials: own, expiresAt: infraEnv.expiresAt }));
  learn(generation, kept);
  return kept;
};

/**
 * What the ignitions of an infra-env have instead of what each run invents: the inventions of the first run whose were
 * stored. Of several at the same time one wins, and the others take the winner's; undefined where the binary invents nothing.
 */
export const credentialsFor = async (
  { credentials }: Dependencies,
  generation: Generation,
  { profile, ignition }: Run,
): Promise<Credentials | undefined> => {
  const own = credentialsOf(ignition, profile);
  return own === undefined ? undefined : keptCredentials(credentials, generation, own);
};
