import { infraEnvManifest } from '../ignition/infra-env-manifest.ts';
import { writeManifest } from '../ignition/manifest-yaml.ts';
import { entriesOf } from '../values/json.ts';
import { readUserYaml } from '../values/user-yaml.ts';
import { clusterInstallSpec, overridesAnnotation, overridesText } from './cluster-install.ts';
import { clusterInstallName } from './cluster-manifests.ts';
import type { ArchivedFile } from './cpio-reader.ts';
import { laidOver } from './overrides.ts';
import type { Site } from './site.ts';
import { manifestFolder } from './site-files.ts';

type Members = Readonly<Record<string, unknown>>;

const membersOf = (value: unknown): Members => Object.fromEntries(entriesOf(value) ?? []);

const annotationOf = (metadata: Members, text: string | undefined): Members => {
  const annotations = membersOf(metadata.annotations);
  const made = annotations[overridesAnnotation];
  if (text === undefined) return metadata;
  const overrides = typeof made === 'string' ? laidOver(JSON.parse(made), JSON.parse(text)) : JSON.parse(text);
  return { ...metadata, annotations: { ...annotations, [overridesAnnotation]: JSON.stringify(overrides) } };
};

/**
 * What install-config.yaml has no place for, or openshift-install passes over: disk encryption, schedulable control plane
 * nodes, hyperthreading, time sources, and overrides that it does not know. What it wrote itself stays.
 */
const clusterInstall = (manifest: Members, site: Site, gates: readonly string[]): Members => ({
  ...manifest,
  metadata: annotationOf(membersOf(manifest.metadata), overridesText(site, gates)),
  spec: { ...clusterInstallSpec(site), ...membersOf(manifest.spec) },
});

/** Of the hosts alone: install-config.yaml has one key and one proxy, the cluster's. */
const infraEnv = (manifest: Members, site: Site): Members => {
  const { sshAuthorizedKey, proxy }: Members = infraEnvManifest(site.infraEnv).spec;
  return {
    ...manifest,
    spec: {
      ...membersOf(manifest.spec),
      ...(sshAuthorizedKey === undefined ? {} : { sshAuthorizedKey }),
      ...(proxy === undefined ? {} : { proxy }),
    },
  };
};

type Complete = (manifest: Members) => Members;

const rewritten = (file: ArchivedFile, complete: Complete): ArchivedFile => {
  const manifest = membersOf(readUserYaml(file.content.toString('utf8')));
  return { ...file, content: Buffer.from(writeManifest(complete(manifest)), 'utf8') };
};

interface Completion {
  readonly site: Site;
  readonly featureGates: readonly string[];
}

/** The archive's files, those manifests completed by what openshift-install did not carry. */
export const completedManifests = (
  files: readonly ArchivedFile[],
  { site, featureGates }: Completion,
): readonly ArchivedFile[] => {
  const completions: ReadonlyMap<string, Complete> = new Map([
    [`${manifestFolder}${clusterInstallName}`, (manifest: Members) => clusterInstall(manifest, site, featureGates)],
    [`${manifestFolder}infraenv.yaml`, (manifest: Members) => infraEnv(manifest, site)],
  ]);
  return files.map((file) => {
    const complete = completions.get(file.path);
    return complete === undefined ? file : rewritten(file, complete);
  });
};

const noProxyOf = (file: ArchivedFile | undefined): unknown => {
  if (file === undefined) return undefined;
  const spec = entriesOf(readUserYaml(file.content.toString('utf8')))?.get('spec');
  return entriesOf(entriesOf(spec)?.get('proxy'))?.get('noProxy');
};

/**
 * The site whose hosts reach the rendezvous host without their proxy: openshift-install adds the machine networks and the
 * rendezvous host to what goes past it.
 */
export const withNoProxyOf = (site: Site, files: readonly ArchivedFile[]): Site => {
  const { proxy } = site.infraEnv.settings;
  const made = noProxyOf(files.find(({ path }) => path === `${manifestFolder}infraenv.yaml`));
  if (proxy === undefined || typeof made !== 'string' || made === '') return site;
  const entries = [...(proxy.no_proxy?.split(',') ?? []), ...made.split(',')].filter((entry) => entry !== '');
  const no_proxy = [...new Set(entries)].join(',');
  return {
    ...site,
    infraEnv: { ...site.infraEnv, settings: { ...site.infraEnv.settings, proxy: { ...proxy, no_proxy } } },
  };
};
