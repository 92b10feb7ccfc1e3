import { ServiceError } from '../../errors.ts';
import { checkIgnitionOverride } from '../../infra-env/ignition-override.ts';
import { entriesOf } from '../../values/json.ts';

/** Older versions of the Ignition specification, which the machine-config operator takes too and nobody here judges. */
const olderVersions: readonly unknown[] = ['2.2.0', '3.0.0'];

const isMachineConfig = (document: unknown): boolean => {
  const members = entriesOf(document);
  const apiVersion = String(members?.get('apiVersion'));
  return members?.get('kind') === 'MachineConfig' && apiVersion.startsWith('machineconfiguration.openshift.io/');
};

/**
 * Why the machine-config operator would not take the Ignition config of a MachineConfig, by the same rules as an override: at
 * the bootstrap one that it cannot read ends the installation. Quotes nothing of the config but its version.
 */
export const problemOfMachineConfig = (document: unknown): string | undefined => {
  const config = isMachineConfig(document) ? entriesOf(entriesOf(document)?.get('spec'))?.get('config') : undefined;
  const version = entriesOf(entriesOf(config)?.get('ignition'))?.get('version');
  if (config === undefined || config === null || olderVersions.includes(version)) return undefined;
  try {
    checkIgnitionOverride(JSON.stringify(config));
    return undefined;
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    return `it has a MachineConfig whose spec.config no host takes: ${error.message}`;
  }
};
