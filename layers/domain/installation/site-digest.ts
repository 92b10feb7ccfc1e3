import { createHash } from 'node:crypto';
import { clusterInstallSpec, overridesText } from './cluster-install.ts';
import { configImageInputs } from './config-image-inputs.ts';
import { operatorsFile } from './operators-file.ts';
import type { Site } from './site.ts';

/**
 * Tells sites apart whose files differ. What a cluster's settings, install-config and manifests make of the files of an
 * infra-env is in it; what changes none of them, such as its tags, is not.
 */
export const siteDigest = (site: Site): string => {
  const inputs = configImageInputs({ site, pullSecret: '', featureGates: [] });
  const parts = [inputs, clusterInstallSpec(site), overridesText(site, []), operatorsFile(site)];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
};
