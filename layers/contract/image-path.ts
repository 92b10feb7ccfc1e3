import type { ImageType } from '#domain/infra-env/image-type.ts';
import type { InfraEnv } from '#domain/infra-env/infra-env.ts';

/** By what the path of an image opens it: the infra-env's own id, or an image token. */
export const imageForms = ['byid', 'bytoken', 'byapikey'] as const;
type ImageForm = (typeof imageForms)[number];

const fileNames: Readonly<Record<ImageType, string>> = {
  'full-iso': 'full.iso',
  'minimal-iso': 'minimal.iso',
  'disconnected-iso': 'disconnected.iso',
};

/** Which image an infra-env has, in the words of its path. */
export const imageNames = ({ type, openshiftVersion, cpuArchitecture }: InfraEnv) => ({
  openshift_version: openshiftVersion,
  cpu_architecture: cpuArchitecture,
  file_name: fileNames[type],
});

interface Opener {
  readonly form: ImageForm;
  readonly token: string;
}

/** The path of an infra-env's image, as assisted-image-service has it; undefined while its version is not known. */
export const imagePath = ({ form, token }: Opener, infraEnv: InfraEnv): string | undefined => {
  const { openshift_version, cpu_architecture, file_name } = imageNames(infraEnv);
  if (openshift_version === undefined) return undefined;
  return `/images/${form}/${token}/${openshift_version}/${cpu_architecture}/${file_name}`;
};

/** Whether a path is the one of an image. */
export const isImagePath = (path: string): boolean => path.startsWith('/images/');
