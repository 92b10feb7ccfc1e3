import { documentsOf } from '../../cluster/manifest-documents.ts';
import { entriesOf } from '../../values/json.ts';
import { excerpt } from '../../values/printable.ts';
import { checkAliases } from '../../values/user-yaml.ts';
import type { ExtraManifest } from '../site.ts';
import { type Fault, fault, faultIf, type Judge } from './fault.ts';
import { problemOfMachineConfig } from './machine-config.ts';

/** The names of the files that the site reads. */
const isRead = /\.(ya?ml)$/;

/** Names under which the ISO has manifests of its own, those of oc-mirror among them. */
const taken =
  /^(?:internalreleaseimage|operatorhub-cluster|(?:i[dt]ms-oc-mirror|cs-redhat-operator-index-v4-\d+)(?:-\d+)?)\.ya?ml$/;

/** Objects that the ISO has itself, by which a cluster finds its images and operators. Of two, one is passed over. */
const takenObjects = [
  'OperatorHub/cluster',
  'CatalogSource/redhat-operators',
  'ImageDigestMirrorSet/idms-release-0',
  'ImageDigestMirrorSet/idms-operator-0',
];

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

/** The cluster tries to create what it cannot for as long as it is being installed, and then gives up. */
const problemOfObject = (document: unknown): string | undefined => {
  const members = entriesOf(document);
  const [apiVersion, kind] = [members?.get('apiVersion'), members?.get('kind')];
  if (!isText(apiVersion) || !isText(kind)) return 'it has a document without apiVersion and kind';
  if (members?.has('items'))
    return 'it has a list of objects, which the cluster does not take: make a document of each';
  const metadata = entriesOf(members?.get('metadata'));
  if (!isText(metadata?.get('name')) && !isText(metadata?.get('generateName'))) {
    return `it has a ${excerpt(kind)} whose metadata.name is missing, or is a number or a word such as yes without quotes`;
  }
  if (takenObjects.includes(`${kind}/${metadata?.get('name')}`)) {
    return `the ISO has ${kind} ${metadata?.get('name')} itself, and of two the cluster takes one: give this one another name`;
  }
  return undefined;
};

interface Reading {
  readonly text: string;
  /** Without empty ones. */
  readonly documents: readonly unknown[];
  /** Why there are none. */
  readonly fault: string | undefined;
}

const read = ({ content }: ExtraManifest): Reading => {
  const { documents = [], fault } = documentsOf(content);
  return { text: Buffer.from(content).toString('utf8'), documents, fault };
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
  if (taken.test(fileName)) return 'the ISO has a manifest of this name itself';
  if (reading.fault !== undefined) return `the site cannot read it: ${reading.fault}`;
  if (reading.documents.length === 0) return 'it is empty, and the site refuses that once the cluster is registered';
  if (!isWithinAliases(reading)) return 'its aliases stand for too long a document, or for themselves';
  return reading.documents
    .map((document) => problemOfObject(document) ?? problemOfMachineConfig(document))
    .find((problem) => problem !== undefined);
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
