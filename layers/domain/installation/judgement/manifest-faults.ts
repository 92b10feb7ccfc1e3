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

interface Reading {
  readonly text: string;
  /** Without empty ones; none where the text is no YAML. */
  readonly documents: readonly unknown[];
}

const documentsIn = (text: string): readonly unknown[] => {
  try {
    return loadAll(text).filter((document) => document !== null && document !== undefined);
  } catch {
    return [];
  }
};

const read = ({ content }: ExtraManifest): Reading => {
  const text = Buffer.from(content).toString('utf8');
  return { text, documents: documentsIn(text) };
};

const isWithinAliases = ({ text, documents }: Reading): boolean => {
  try {
    for (const document of documents) checkAliases(document, text);
    return true;
  } catch {
    return false;
  }
};

const problemOf = (fileName: string, reading: Reading): string | undefined => {
  if (!isRead.test(fileName)) return 'the site reads files that end in .yaml or .yml only, and passes over this one';
  if (taken.includes(fileName)) return 'the ISO has a manifest of this name itself';
  if (reading.documents.length === 0) return 'it is empty, and the site refuses that once the cluster is registered';
  if (!isWithinAliases(reading)) return 'its aliases stand for too long a document, or for themselves';
  return reading.documents.every(isObject) ? undefined : 'it has a document without apiVersion and kind';
};

/** Why the site would pass over a manifest, or refuse it; undefined if it takes it. */
export const problemOnSite = (manifest: ExtraManifest): string | undefined =>
  problemOf(manifest.fileName, read(manifest));

interface ReadManifest {
  readonly fileName: string;
  readonly reading: Reading;
}

/** openshift-install makes a file of each document: `two.yaml` becomes `two-0.yaml` and `two-1.yaml`. */
const namesOnSite = ({ fileName, reading: { documents } }: ReadManifest): readonly string[] =>
  documents.length < 2 ? [fileName] : documents.map((_, index) => fileName.replace(isRead, `-${index}.$1`));

/** Of two files of one name the later one would be the only one, and nobody would say so. */
const splitFaults = (manifests: readonly ReadManifest[]): readonly Fault[] => {
  const named = manifests.flatMap((manifest) =>
    namesOnSite(manifest).map((name) => ({ name, fileName: manifest.fileName })),
  );
  return named.flatMap(({ name, fileName }) =>
    faultIf(
      name !== fileName && named.some((other) => other.fileName !== fileName && other.name === name),
      `manifests/${fileName}`,
      `openshift-install splits it by its documents, and ${name} is the name of another manifest`,
    ),
  );
};

/** Manifests that the site would pass over or refuse, when the cluster is registered already. */
export const manifestFaults: Judge = ({ installation, manifests }) => {
  const each = manifests.map((manifest) => ({ fileName: manifest.fileName, reading: read(manifest) }));
  return [
    ...each.flatMap(({ fileName, reading }): readonly Fault[] => {
      const problem = problemOf(fileName, reading);
      return problem === undefined ? [] : [fault(`manifests/${fileName}`, problem)];
    }),
    ...(installation === 'unattended' ? splitFaults(each) : []),
  ];
};
