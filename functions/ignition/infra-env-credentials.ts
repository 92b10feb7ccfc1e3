import { type Credentials, credentialsOf } from '#domain/ignition/credentials.ts';
import type { Ignition } from '#domain/ignition/ignition.ts';
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
  if (own === undefined) return undefined;
  const { infraEnv } = generation;
  const { infraEnvId, userName } = secretOf(infraEnv);
  const subject = { infraEnvId, userName };
  learn(generation, own);
  const kept =
    (await credentials.read(subject)) ??
    (await credentials.keepFirst({ ...subject, credentials: own, expiresAt: infraEnv.expiresAt }));
  learn(generation, kept);
  return kept;
};
