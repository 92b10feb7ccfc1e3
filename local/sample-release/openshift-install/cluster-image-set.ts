import { decodeManifest } from './manifest.ts';
import { clusterImageSetShape } from './manifest-shapes.ts';
import { refuseAsset } from './refusal.ts';
import { mappingAt, textAt } from './shape.ts';
import { writeYaml } from './yaml.ts';

export const clusterImageSetFile = 'cluster-manifests/cluster-image-set.yaml';
const asset = 'ClusterImageSet Config';

/** The manifest as given, once its release image is found to be the binary's own. */
export const loadClusterImageSet = (text: string, releaseImage: string): string => {
  const manifest = decodeManifest({ asset, file: clusterImageSetFile, text, shape: clusterImageSetShape });
  const given = textAt(mappingAt(manifest, 'spec'), 'releaseImage');
  if (given === releaseImage) return text;
  return refuseAsset(
    asset,
    `invalid ClusterImageSet configuration: spec.releaseImage: Forbidden: must be ${releaseImage}`,
  );
};

/** The manifest that the binary makes when none is given. */
export const makeClusterImageSet = (version: string, releaseImage: string): string =>
  writeYaml({
    metadata: { creationTimestamp: null, name: `openshift-${version}` },
    spec: { releaseImage },
    status: {},
  });
