import { type CarriedFile, type CarriedUnit, toIgnitionFile } from '../host/host-file.ts';
import type { Ignition } from '../ignition/ignition.ts';
import { clusterManifests } from './cluster-manifests.ts';
import { hostConfigFiles } from './host-config.ts';
import type { Site } from './site.ts';
import { prefilledScripts, prefilledUnits } from './units.ts';

interface Parts {
  readonly files: readonly CarriedFile[];
  readonly units: readonly CarriedUnit[];
}

/** What an ignition needs besides for the cluster to be registered before the wizard opens on it. */
export const prefilledParts = (site: Site, unconfigured: Ignition): Parts => ({
  files: [...clusterManifests(site), ...hostConfigFiles(site.hosts), ...prefilledScripts].map(toIgnitionFile),
  units: prefilledUnits(unconfigured),
});
