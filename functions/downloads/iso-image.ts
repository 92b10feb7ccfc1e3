import { imageNames } from '#contract/image-path.ts';
import type { Clusters } from '#domain/cluster/cluster-ports.ts';
import { failure } from '#domain/errors.ts';
import { reasonForNoIso } from '#domain/infra-env/image-type.ts';
import type { InfraEnv } from '#domain/infra-env/infra-env.ts';
import type { ImageTokens, InfraEnvs } from '#domain/infra-env/infra-env-ports.ts';
import type { OperationRequest, Operations } from '#runtime/operation.ts';
import { ownRecords } from '#runtime/own-records.ts';
import type { LinkToIso } from './composed-iso.ts';
import { redirectTo } from './link-answer.ts';

export interface IsoImageDependencies {
  readonly clusters: Clusters;
  readonly infraEnvs: InfraEnvs;
  readonly imageTokens: Pick<ImageTokens, 'open'>;
  /** Whether nobody is asked who they are: only then does the id of an infra-env open its image. */
  readonly open: boolean;
  readonly linkToIso: LinkToIso;
}

export type ImageOperation = 'DownloadImage' | 'ProbeImage';
type Parameters = OperationRequest<ImageOperation>['parameters'];

/** An address is good for the image that the infra-env has now: after a change of type or version there is another. */
const checkIsCurrent = (infraEnv: InfraEnv, parameters: Parameters): void => {
  const { openshift_version, cpu_architecture, file_name } = imageNames(infraEnv);
  const isCurrent =
    parameters.openshift_version === openshift_version &&
    parameters.cpu_architecture === cpu_architecture &&
    parameters.file_name === file_name;
  if (!isCurrent) throw failure('ImageNotFound');
};

const checkIsComposed = ({ type }: InfraEnv): void => {
  const reason = reasonForNoIso(type);
  if (reason !== undefined) throw failure('NotImplemented', { reason });
};

/** The images of infra-envs, by addresses in the form of assisted-image-service. */
export const isoImageOperations = (dependencies: IsoImageDependencies): Operations<ImageOperation> => {
  const { infraEnvs, imageTokens, open, linkToIso } = dependencies;
  const { boundCluster } = ownRecords(dependencies);

  const ofId = async (id: string): Promise<InfraEnv> => {
    if (!open) throw failure('NotAuthenticated');
    const infraEnv = await infraEnvs.get(id);
    if (infraEnv === undefined) throw failure('NotFound');
    return infraEnv;
  };

  const ofToken = async (token: string): Promise<InfraEnv> => {
    const infraEnv = await imageTokens.open(token);
    if (infraEnv === undefined) throw failure('NotAuthenticated');
    return infraEnv;
  };

  const image = async ({ parameters }: OperationRequest<ImageOperation>): Promise<InfraEnv> => {
    const { form, token } = parameters;
    const infraEnv = await (form === 'byid' ? ofId(token) : ofToken(token));
    checkIsCurrent(infraEnv, parameters);
    checkIsComposed(infraEnv);
    if ((await boundCluster(infraEnv)) === undefined) throw failure('ClusterRequired');
    return infraEnv;
  };

  return {
    DownloadImage: async (request) => redirectTo(await linkToIso(await image(request), 'GET')),
    ProbeImage: async (request) => {
      const { headers } = redirectTo(await linkToIso(await image(request), 'HEAD'));
      return { body: undefined, headers };
    },
  };
};
