import { failure, invalid } from '#domain/errors.ts';
import { type ArtifactName, ignitionName } from '#domain/infra-env/artifact.ts';
import type { ImageType } from '#domain/infra-env/image-type.ts';
import type { InfraEnv } from '#domain/infra-env/infra-env.ts';
import { hasSeparateSettings } from '#domain/infra-env/site-beginning.ts';

/** An artifact, and the name under which a browser saves it. */
export interface WantedFile {
  readonly file: ArtifactName;
  readonly savedAs: string;
}

interface FileQuery {
  readonly file_name: 'discovery.ign' | 'static-network-config' | 'ignition.img' | 'config.iso';
  readonly discovery_iso_type?: ImageType | undefined;
  readonly ipxe_script_type?: string | undefined;
}

// Full and minimal ISOs are two ways of booting the same infra-env; a disconnected one is something else.
const checkIsoType = (own: ImageType, wanted: ImageType): void => {
  if (wanted !== own && [own, wanted].includes('disconnected-iso')) {
    throw invalid(`discovery_iso_type ${wanted} is not for an infra-env of type ${own}`);
  }
};

/** @throws InvalidInput for an ISO that the infra-env cannot have; ClusterRequired */
export const wantedFile = (infraEnv: InfraEnv, query: FileQuery): WantedFile => {
  const { id, type, clusterId } = infraEnv;
  const { file_name, discovery_iso_type: isoType = type } = query;
  checkIsoType(type, isoType);
  // The doubled quotation mark is the original's.
  if (query.ipxe_script_type !== undefined) throw invalid('"ipxe_script_type"" can be set only for "ipxe-script"');
  if (type === 'disconnected-iso' && clusterId === undefined) throw failure('ClusterRequired');
  if (file_name === 'discovery.ign') return { file: ignitionName(isoType), savedAs: file_name };
  if (file_name === 'static-network-config') {
    return { file: 'static-network-config.tar', savedAs: `${id}-static-network-config.tar` };
  }
  if (type !== 'disconnected-iso') throw invalid(`an infra-env of type ${type} has no ${file_name}`);
  if (file_name === 'config.iso' && !hasSeparateSettings(infraEnv)) {
    throw invalid(`the settings of infra-env ${id} are in its ISO: config.iso is for site_settings separate`);
  }
  return { file: file_name, savedAs: file_name };
};

export const minimalInitrdFile: WantedFile = { file: 'minimal-initrd.img', savedAs: 'minimal-initrd.img' };
