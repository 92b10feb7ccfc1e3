import { load } from 'js-yaml';
import * as z from 'zod';
import { excerpt } from '../values/printable.ts';
import type { Keyfile, NetworkConfiguration } from './ignition-ports.ts';
import { networkSecretsIn } from './network-secrets.ts';
import { newRedaction } from './redaction.ts';

/** How a run of `nmstatectl gc` ended, whole outputs. */
export interface NetworkRun {
  readonly document: string;
  readonly exitCode: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

/** 65 is EX_DATAERR, which newer versions give where the document cannot be read. */
const refusals: readonly (number | undefined)[] = [1, 65];

/** `[2025-01-01T00:00:00Z INFO  nmstatectl] Nmstate version: 2.2.57` */
const logLine = /^\[\S+ +(?:ERROR|WARN|INFO|DEBUG|TRACE) +\S+\] /;

/** What a message about the document begins with, in nmstate 2 and in its Python forerunner. */
const messageStart = /^(?:NmstateError|serde_\w+::Error|Provide file is not valid|libnmstate\.error\.)/;

/** What has nothing to do with the document. */
const ownFault = /^(?:std::io::Error|thread '|clap::Error)/;

/** The message may have further lines, and is the last thing that is printed. */
const messageIn = (stderr: string): string | undefined => {
  const lines = stderr.split('\n').filter((line) => line.trim() !== '' && !logLine.test(line));
  const start = lines.findLastIndex((line) => messageStart.test(line));
  const message = start === -1 ? lines.at(-1) : lines.slice(start).join(' ');
  return message !== undefined && !ownFault.test(message) ? message : undefined;
};

// nmstate warns of a type that it does not know and takes the interface for a network card.
const unknownType = /\] (Unsupported interface type .+)$/m;

const output = z.object({ NetworkManager: z.array(z.tuple([z.string(), z.string()])).optional() });

/** It becomes part of a path on the host, and a property of the document can name it. */
const fileName = /^[^/\p{Cc}]{1,255}$/u;

const keyfilesIn = (stdout: string): readonly Keyfile[] | undefined => {
  try {
    return (output.parse(load(stdout)).NetworkManager ?? []).map(([name, content]) => ({ name, content }));
  } catch {
    return undefined;
  }
};

const faultOf = (keyfiles: readonly Keyfile[] | undefined): string | undefined => {
  // Before 2.2, texts of several lines were printed in quotes with their lines at the left margin, which is not YAML.
  if (keyfiles === undefined)
    return 'nmstatectl printed no NetworkManager config that can be read: 2.2 or later is needed';
  if (keyfiles.length === 0) return 'nmstate generated an empty NetworkManager config file content';
  const names = keyfiles.map(({ name }) => name);
  const invalid = names.find((name) => !fileName.test(name));
  if (invalid !== undefined) return `nmstate generated a connection whose name ${invalid} is not a file name`;
  const repeated = names.find((name, index) => names.indexOf(name) !== index);
  return repeated === undefined ? undefined : `nmstate generated two connections of the name ${repeated}`;
};

const reasonOf = ({ exitCode, stderr }: NetworkRun, keyfiles: readonly Keyfile[] | undefined): string | undefined => {
  if (exitCode === 0) return unknownType.exec(stderr)?.[1] ?? faultOf(keyfiles);
  const message = refusals.includes(exitCode) ? messageIn(stderr) : undefined;
  // What it printed may hold the document's secrets, so it is not in the message.
  if (message === undefined) throw new Error(`nmstatectl gc failed with exit code ${exitCode ?? 'unknown'}`);
  return message;
};

/** Where the document's secrets are not known, none of nmstate's words are passed on. */
const redacted = (reason: string, document: string): string => {
  const secrets = networkSecretsIn(document);
  if (secrets === undefined) return 'nmstate cannot read it';
  const redaction = newRedaction();
  secrets.forEach(redaction.learn);
  return excerpt(redaction.redact(reason).trim());
};

/**
 * What a run of `nmstatectl gc` says about its document: NetworkManager's keyfiles, or the reason in nmstate's own words,
 * on one line, of bounded length and without the document's passwords and keys.
 *
 * @throws Error when the run failed for a reason that is not the document's
 */
export const networkConfigurationOf = (run: NetworkRun): NetworkConfiguration => {
  const keyfiles = run.exitCode === 0 ? keyfilesIn(run.stdout) : undefined;
  const reason = reasonOf(run, keyfiles);
  return reason === undefined ? { keyfiles: keyfiles ?? [] } : { reason: redacted(reason, run.document) };
};
