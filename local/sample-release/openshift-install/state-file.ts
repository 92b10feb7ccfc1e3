import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Authentication } from './authentication.ts';
import type { Invented } from './configured-files.ts';
import { isMapping, type Mapping, mappingAt, textAt } from './shape.ts';

/** What a run leaves for the next one in the same directory. */
export interface State extends Invented {
  readonly interactive: boolean;
  readonly inputs: Readonly<Record<string, string>>;
}

const name = '.openshift_install_state.json';

const readJson = (file: string): Mapping | undefined => {
  try {
    const parsed: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return isMapping(parsed) ? parsed : undefined;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
};

const authenticationIn = (stored: Mapping): Authentication | undefined => {
  if (!isMapping(stored.Authentication)) return undefined;
  const at = (key: keyof Authentication) => textAt(mappingAt(stored, 'Authentication'), key);
  return {
    publicKey: at('publicKey'),
    userToken: at('userToken'),
    watcherToken: at('watcherToken'),
    agentToken: at('agentToken'),
  };
};

/** The state of a former run in this directory; undefined for a fresh one. */
export const readState = (dir: string): State | undefined => {
  const stored = readJson(join(dir, name));
  if (!stored) return undefined;
  const inputs = Object.entries(mappingAt(stored, 'Inputs')).map(([path, text]) => [path, String(text)]);
  return {
    infraEnvId: textAt(stored, 'InfraEnvID'),
    authentication: authenticationIn(stored),
    interactive: stored.Interactive === true,
    inputs: Object.fromEntries(inputs),
  };
};

/** Whether a command, of whatever kind, has run in this directory. */
export const hasState = (dir: string): boolean => readJson(join(dir, name)) !== undefined;

const writeJson = (dir: string, stored: object): void => {
  const file = join(dir, name);
  writeFileSync(file, JSON.stringify(stored, null, 4));
  chmodSync(file, 0o640);
};

/** What `config-image` leaves: its inputs, the pull secret in them included (0640). */
export const writeSiteState = (dir: string, inputs: Readonly<Record<string, string>>): void =>
  writeJson(dir, { Inputs: inputs });

/** Writes the state, inputs and the pull secret in them included, with the ignition as a document and as bytes (0640). */
export const writeState = (
  dir: string,
  state: State,
  ignition: { readonly document: unknown; readonly text: string },
) => {
  const stored = {
    InfraEnvID: state.infraEnvId,
    Authentication: state.authentication,
    Interactive: state.interactive,
    Inputs: state.inputs,
    Config: ignition.document,
    File: { Filename: 'unconfigured-agent.ign', Data: Buffer.from(ignition.text).toString('base64') },
  };
  writeJson(dir, stored);
};
