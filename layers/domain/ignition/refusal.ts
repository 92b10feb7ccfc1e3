import { failure, type ServiceError } from '../errors.ts';
import type { InstallerRun } from './ignition-ports.ts';

interface Rule {
  readonly pattern: RegExp;
  /** The field in the API's words and what is wrong; undefined where the fault is not the caller's. */
  readonly reason: string | undefined;
}

// First match wins. Reasons are fixed texts: whatever the binary quotes, it may be a secret.
const rules: readonly Rule[] = [
  { pattern: /missing configuration|configuration file not found|unknown field|unknown flag/, reason: undefined },
  { pattern: /PullSecret.*auths required/s, reason: 'pull_secret: "auths" is required and must not be empty' },
  {
    pattern: /PullSecret.*requires either auth or credsStore/s,
    reason: 'pull_secret: every entry of "auths" needs "auth" or "credsStore"',
  },
  { pattern: /PullSecret/, reason: 'pull_secret: it is not a valid pull secret in JSON' },
  { pattern: /rendezvousIP/i, reason: 'rendezvous_ip: it is not a valid IP address' },
  { pattern: /NMState|network yaml|does not have any label/i, reason: 'static_network_config: it is not valid' },
  { pattern: /CpuArchitecture/i, reason: 'cpu_architecture: openshift-install does not support it' },
  { pattern: /sshAuthorizedKey/i, reason: 'ssh_authorized_key: it is not valid' },
  { pattern: /additionalTrustBundle/i, reason: 'additional_trust_bundle: it is not valid' },
  { pattern: /additionalNTPSources/i, reason: 'additional_ntp_sources: it is not valid' },
  { pattern: /ignitionConfigOverride/i, reason: 'ignition_config_override: it is not valid' },
  { pattern: /kernelArguments/i, reason: 'kernel_arguments: it is not valid' },
  { pattern: /proxy/i, reason: 'proxy: it is not valid' },
];

const discarded: readonly Rule[] = [
  { pattern: /NMState/i, reason: 'static_network_config: openshift-install discards it together with rendezvous_ip' },
  { pattern: /Agent ?Config/i, reason: 'rendezvous_ip: openshift-install discards it' },
  { pattern: /PullSecret/i, reason: 'pull_secret: openshift-install discards it' },
];

// It was there when the networks were stored, or they would not have been.
const withoutProgram = /install nmstate package|nmstatectl": executable file not found/;

// A quoted value may hold line breaks: the message goes on to the end. It is looked at, never passed on.
export const lastFatal = (stderr: string): string | undefined => {
  const start = [...stderr.matchAll(/^(?:time="[^"]*" )?level=fatal /gm)].at(-1)?.index;
  return start === undefined ? undefined : stderr.slice(start);
};

const byRule = (table: readonly Rule[], message: string | undefined): ServiceError => {
  const reason = message === undefined ? undefined : table.find(({ pattern }) => pattern.test(message))?.reason;
  return reason === undefined ? failure('InternalError') : failure('InstallerRefused', { reason });
};

const ofFatal = (message: string | undefined): ServiceError =>
  message !== undefined && withoutProgram.test(message) ? failure('NetworkProgramMissing') : byRule(rules, message);

const discardingLine = (stderr: string): string | undefined =>
  stderr.split('\n').find((line) => line.includes('level=warning ') && /\bdiscarding\b/i.test(line));

/**
 * Why a run that ended by itself gave no ignition that can be used; undefined when it did. Exit 1 is a refusal, with the
 * reason in the last `level=fatal` line, or says that nmstatectl is missing; a run that succeeded but dropped an input has
 * failed too. Everything else (a crash, a signal, an unknown reason) is an InternalError. Nothing of the binary's own words
 * is in the result.
 */
export const refusalOf = ({
  exitCode,
  stderr,
}: Pick<InstallerRun, 'exitCode' | 'stderr'>): ServiceError | undefined => {
  if (exitCode === 1) return ofFatal(lastFatal(stderr));
  if (exitCode !== 0) return failure('InternalError');
  const discarding = discardingLine(stderr);
  return discarding === undefined ? undefined : byRule(discarded, discarding);
};

/**
 * The binary's own words about a failure that is nobody's input: for the log, redacted. Whole lines only, since half a
 * secret at the end of a cut one would not be recognised.
 */
export const diagnosisOf = (stderr: string): string =>
  stderr
    .slice(0, stderr.lastIndexOf('\n') + 1)
    .split('\n')
    .findLast((line) => /level=fatal |^panic: /.test(line)) ?? 'no reason given';
