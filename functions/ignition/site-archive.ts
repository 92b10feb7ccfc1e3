import type { AcquiredInstaller, Workspace } from '#domain/ignition/ignition-ports.ts';
import { readConfigImage } from '#domain/installation/config-archive.ts';
import { configImageInputs } from '#domain/installation/config-image-inputs.ts';
import { configImageRefusal } from '#domain/installation/config-image-refusal.ts';
import type { ArchivedFile } from '#domain/installation/cpio-reader.ts';
import type { Site } from '#domain/installation/site.ts';
import type { AdminFiles } from '#domain/installation/site-credentials.ts';
import type { Dependencies } from './ignition-dependencies.ts';
import { checkRun, inWorkspace, type RunContext } from './installer-run.ts';

export interface SiteRun extends RunContext {
  readonly installer: AcquiredInstaller;
  readonly site: Site;
  readonly pullSecret: string;
  readonly featureGates: readonly string[];
}

/** What one run of config-image has made. */
interface Made {
  readonly files: readonly ArchivedFile[];
  readonly admin: AdminFiles;
}

const imageName = 'agentconfig.noarch.iso';

const readMade = async (workspace: Workspace): Promise<Made> => {
  const [image, kubeconfig, password] = await Promise.all([
    workspace.readBytes(imageName),
    workspace.read('auth/kubeconfig'),
    workspace.read('auth/kubeadmin-password'),
  ]);
  if (image === undefined || kubeconfig === undefined || password === undefined) {
    throw new Error('openshift-install ended well, but left out the image or what the administrator needs');
  }
  return { files: await readConfigImage(image), admin: { kubeconfig, 'kubeadmin-password': password } };
};

/**
 * What `agent create config-image` makes of a site, in a workspace of its own: one of another command has its inputs consumed.
 *
 * @throws InstallerRefused with the field of this API that it is about, InstallerTimeout, Error
 */
export const createSiteArchive = (dependencies: Dependencies, siteRun: SiteRun): Promise<Made> =>
  inWorkspace(dependencies, async (workspace) => {
    await workspace.write(configImageInputs(siteRun));
    const run = await dependencies.program.createConfigImage({
      installer: siteRun.installer,
      workspaceDir: workspace.dir,
      timeoutMs: siteRun.limit.leftMs(),
    });
    checkRun(dependencies, run, { ...siteRun, refusalOf: configImageRefusal });
    return readMade(workspace);
  });
