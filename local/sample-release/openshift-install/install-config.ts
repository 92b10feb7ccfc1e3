import { reasonOf } from './manifest.ts';
import { refuseAsset } from './refusal.ts';
import { isMapping, textAt } from './shape.ts';
import { readDocuments } from './yaml.ts';

export const installConfigFile = 'install-config.yaml';
const asset = 'Install Config';

/** The pull secret of an install-config.yaml, which displaces the given one. Throws a Refusal with exit code 3 if it cannot be read. */
export const loadInstallConfig = (text: string): string => {
  try {
    const config = readDocuments(text)[0];
    if (!isMapping(config)) throw new Error('error unmarshaling JSON: not an object');
    return textAt(config, 'pullSecret');
  } catch (error) {
    return refuseAsset(asset, `failed to unmarshal ${installConfigFile}: ${reasonOf(error)}`, 3);
  }
};
