import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isMapping, type Mapping, mappingAt, textAt } from './shape.ts';

/** What a run leaves for the next one in the same directory. */
export interface State {
  readonly infraEnvId: string;
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

/** The state of a former run in this directory; undefined for a fresh one. */
export const readState = (dir: string): State | undefined => {
  const stored = readJson(join(dir, name));
  if (!stored) return undefined;
  const inputs = Object.entries(mappingAt(stored, 'Inputs')).map(([path, text]) => [path, String(text)]);
  return {
    infraEnvId: textAt(stored, 'InfraEnvID'),
    interactive: stored.Interactive === true,
    inputs: Object.fromEntries(inputs),
  };
};

/** Writes the state, inputs and the pull secret in them included, with the ignition as a document and as bytes (0640). */
export const writeState = (
  dir: string,
  state: State,
  ignition: { readonly document: unknown; readonly text: string },
) => {
  const stored = {
    InfraEnvID: state.infraEnvId,
    Interactive: state.interactive,
    Inputs: state.inputs,
    Config: ignition.document,
    File: { Filename: 'unconfigured-agent.ign', Data: Buffer.from(ignition.text).toString('base64') },
  };
  const file = join(dir, name);
  writeFileSync(file, JSON.stringify(stored, null, 4));
  chmodSync(file, 0o640);
};
