import { secretOf } from '#domain/infra-env/infra-env.ts';
import type { AdminFiles } from '#domain/installation/site-credentials.ts';
import type { Dependencies } from './ignition-dependencies.ts';
import type { AdminFilesRequest } from './ignition-request.ts';

type Stores = Pick<Dependencies, 'infraEnvs' | 'siteCredentials'>;

/** `admin_files`: absent while no run of config-image has made any for the infra-env. */
export interface AdminFilesAnswer {
  readonly admin_files?: AdminFiles;
}

/** What the administrator of a site needs, for whoever has made sure that the caller owns it: this function alone decrypts. */
export const readAdminFiles =
  ({ infraEnvs, siteCredentials }: Stores) =>
  async ({ admin_files_of: id }: AdminFilesRequest): Promise<AdminFilesAnswer> => {
    const infraEnv = await infraEnvs.get(id);
    if (infraEnv === undefined) return {};
    const { infraEnvId, userName } = secretOf(infraEnv);
    const { kubeconfig, 'kubeadmin-password': password } = (await siteCredentials.read({ infraEnvId, userName })) ?? {};
    if (kubeconfig === undefined || password === undefined) return {};
    return { admin_files: { kubeconfig, 'kubeadmin-password': password } };
  };
