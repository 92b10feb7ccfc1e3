import { loadAll } from 'js-yaml';
import { entriesOf } from '../../values/json.ts';
import { checkAliases } from '../../values/user-yaml.ts';
import type { ExtraManifest } from '../site.ts';
import { type Fault, fault, faultIf, type Judge } from './fault.ts';

/** The names of the files that the site reads. */
const isRead = /\.(ya?ml)$/;

/** Names under which the ISO has manifests of its own. */
const taken = ['internalreleaseimage.yaml'];

const isObject = (document: unknown): boolean => {
  const members = entriesOf(document);
  return typeof members?.get('apiVersion') === 'string' && typeof members.get('kind') === 'string';
};

const textOf = ({ content }: ExtraManifest): string => Buffer.from(content).toString('utf8');

const documentsOf = (manifest: ExtraManifest): readonly unknown[] => {
  try {
    return loadAll(textOf(manifest)).filter((document) => document !== null && document !== undefined);
  } catch {
    return [];
  }
};

const isWithinAliases = (documents: readonly unknown[], text: string): boolean => {
  try {
    for (const document of documents) checkAliases(document, text);
    return true;
  } catch {
    return false;
  }
};

/** Why the site would pass over a manifest, or refuse it; undefined if it takes it. */
export const problemOnSite = (manifest: ExtraManifest): string | undefined => {
  const { fileName } = manifest;
  if (!isRead.test(fileName)) return 'the site reads files that end in .yaml or .yml only, and passes over this one';
  if (taken.includes(fileName)) return 'the ISO has a manifest of this name itself';
  const documents = documentsOf(manifest);
  if (documents.length === 0) return 'it is empty, and the site refuses that once the cluster is registered';
  if (!isWithinAliases(documents, textOf(manifest)))
    return 'its aliases stand for too long a document, or for themselves';
  return documents.every(isObject) ? undefined : 'it has a document without apiVersion and kind';
};

/** openshift-install makes a file of each document: `two.yaml` becomes `two-0.yaml` and `two-1.yaml`. */
const namesOnSite = (manifest: ExtraManifest): readonly string[] => {
  const { fileName } = manifest;
  const { length } = documentsOf(manifest);
  return length < 2 ? [fileName] : Array.from({ length }, (_, index) => fileName.replace(isRead, `-${index}.$1`));
};

/** Of two files of one name the later one would be the only one, and nobody would say so. */
const splitFaults = (manifests: readonly ExtraManifest[]): readonly Fault[] => {
  const named = manifests.flatMap((manifest) => namesOnSite(manifest).map((name) => ({ name, ...manifest })));
  return named.flatMap(({ name, fileName }) =>
    faultIf(
      name !== fileName && named.some((other) => other.fileName !== fileName && other.name === name),
      `manifests/${fileName}`,
      `openshift-install splits it by its documents, and ${name} is the name of another manifest`,
    ),
  );
};

/** Manifests that the site would pass over or refuse, when the cluster is registered already. */
export const manifestFaults: Judge = ({ installation, manifests }) => [
  ...manifests.flatMap((manifest): readonly Fault[] => {
    const problem = problemOnSite(manifest);
    return problem === undefined ? [] : [fault(`manifests/${manifest.fileName}`, problem)];
  }),
  ...(installation === 'unattended' ? splitFaults(manifests) : []),
];
