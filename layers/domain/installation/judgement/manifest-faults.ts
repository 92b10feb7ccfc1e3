import { loadAll } from 'js-yaml';
import { entriesOf } from '../../values/json.ts';
import type { ExtraManifest } from '../site.ts';
import { type Fault, fault, type Judge } from './fault.ts';

/** Names under which the ISO has manifests of its own. */
const taken = ['internalreleaseimage.yaml'];

const isObject = (document: unknown): boolean => {
  const members = entriesOf(document);
  return typeof members?.get('apiVersion') === 'string' && typeof members.get('kind') === 'string';
};

const documentsOf = ({ content }: ExtraManifest): readonly unknown[] => {
  try {
    return loadAll(Buffer.from(content).toString('utf8')).filter(
      (document) => document !== null && document !== undefined,
    );
  } catch {
    return [];
  }
};

/** Why the site would pass over a manifest, or refuse it; undefined if it takes it. */
export const problemOnSite = (manifest: ExtraManifest): string | undefined => {
  const { fileName } = manifest;
  if (!/\.ya?ml$/.test(fileName))
    return 'the site reads files that end in .yaml or .yml only, and passes over this one';
  if (taken.includes(fileName)) return 'the ISO has a manifest of this name itself';
  const documents = documentsOf(manifest);
  if (documents.length === 0) return 'it is empty, and the site refuses that once the cluster is registered';
  return documents.every(isObject) ? undefined : 'it has a document without apiVersion and kind';
};

/** Manifests that the site would pass over or refuse, when the cluster is registered already. */
export const manifestFaults: Judge = ({ manifests }) =>
  manifests.flatMap((manifest): readonly Fault[] => {
    const problem = problemOnSite(manifest);
    return problem === undefined ? [] : [fault(`manifests/${manifest.fileName}`, problem)];
  });
