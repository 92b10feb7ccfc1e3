import { linkEnd } from '#contract/infra-env-answer.ts';
import { invalid } from '#domain/errors.ts';
import { withNextImageKey } from '#domain/infra-env/image-token.ts';
import { reasonForNoIso } from '#domain/infra-env/image-type.ts';
import type { Operations } from '#runtime/operation.ts';
import { ownRecords } from '#runtime/own-records.ts';
import type { Dependencies } from './api-dependencies.ts';
import { whileStale } from './stale.ts';

type ImageAccess = Operations<'GetInfraEnvDownloadURL' | 'RegenerateInfraEnvSigningKey'>;

/** Who may fetch the image of an infra-env, and where. */
export const imageAccess = (dependencies: Dependencies): ImageAccess => {
  const { infraEnvs, linkToImage } = dependencies;
  const { ownInfraEnv, boundCluster } = ownRecords(dependencies);

  return {
    GetInfraEnvDownloadURL: async ({ caller, origin, parameters }) => {
      const infraEnv = await ownInfraEnv(parameters.infra_env_id, caller);
      const link = await linkToImage(infraEnv, origin);
      if (link === undefined) throw invalid(reasonForNoIso(infraEnv.type) ?? 'The version of the image is not known');
      return { body: { url: link.url, expires_at: linkEnd(link) } };
    },

    RegenerateInfraEnvSigningKey: ({ caller, parameters }) =>
      whileStale(async () => {
        const infraEnv = await ownInfraEnv(parameters.infra_env_id, caller);
        await boundCluster(infraEnv);
        await infraEnvs.save(withNextImageKey(infraEnv));
        return { body: undefined };
      }),
  };
};
