import { invalid } from '../errors.ts';
import { isBase64, joinedBase64 } from '../values/base64.ts';
import { entriesOf, JsonFault, parseJson } from '../values/json.ts';
import { type ManifestPath, pathText } from './manifest.ts';
import { documentsOf, textOf } from './manifest-documents.ts';

/** The least that any kind of Kubernetes object may take (assisted-service API). */
const maximumBytes = 1024 * 1024;

/**
 * @param encoded base64; line ends in it are ignored, as Go does
 * @throws InvalidInput
 */
export const decodedManifest = (clusterId: string, encoded: string): Uint8Array => {
  const joined = joinedBase64(encoded);
  if (!isBase64(joined)) {
    throw invalid(`failed to base64-decode cluster manifest content for cluster ${clusterId}`);
  }
  return Buffer.from(joined, 'base64');
};

const faultOfJson = (content: Uint8Array): string | undefined => {
  try {
    parseJson(textOf(content));
    return undefined;
  } catch (error) {
    const isExplained = error instanceof JsonFault && error.kind !== 'malformed';
    return isExplained ? `has an illegal JSON format: ${error.reason}` : 'has an illegal JSON format';
  }
};

const faultOfYaml = (content: Uint8Array): string | undefined => {
  const { fault } = documentsOf(content);
  return fault === undefined ? undefined : `has an invalid YAML format: ${fault}`;
};

const operations: readonly unknown[] = ['add', 'remove', 'replace', 'move', 'copy', 'test'];

const isOperation = (entry: unknown): boolean => {
  const members = entriesOf(entry);
  return operations.includes(members?.get('op')) && typeof members?.get('path') === 'string';
};

const faultOfPatch = (content: Uint8Array): string | undefined => {
  const yaml = documentsOf(content);
  if (yaml.documents === undefined) return `is invalid: ${yaml.fault}`;
  const [patch, ...more] = yaml.documents;
  if (!Array.isArray(patch) || more.length > 0) return 'is invalid: it is not one list of operations';
  const at = patch.findIndex((entry) => !isOperation(entry));
  return at === -1 ? undefined : `is invalid: entry ${at + 1} needs a path and an op of [${operations.join(' ')}]`;
};

interface Format {
  readonly title: string;
  readonly faultOf: (content: Uint8Array) => string | undefined;
}

const formatOf = (fileName: string): Format => {
  if (fileName.endsWith('.json')) return { title: 'Manifest', faultOf: faultOfJson };
  if (/\.ya?ml$/.test(fileName)) return { title: 'Manifest', faultOf: faultOfYaml };
  return { title: 'Patch', faultOf: faultOfPatch };
};

interface Manifest {
  readonly clusterId: string;
  readonly path: ManifestPath;
  readonly content: Uint8Array;
}

/**
 * Checks that the content is what the file's name says: JSON, any number of YAML documents, or a YAML patch. What
 * the objects in it mean is for the installer to judge.
 *
 * @throws InvalidInput; its text quotes nothing of the content
 */
export const checkManifestContent = ({ clusterId, path, content }: Manifest): void => {
  const subject = `content of file ${pathText(path)} for cluster ID ${clusterId}`;
  if (content.length > maximumBytes) throw invalid(`Manifest ${subject} exceeds the maximum file size of 1MiB`);
  const { title, faultOf } = formatOf(path.fileName);
  const fault = faultOf(content);
  if (fault !== undefined) throw invalid(`${title} ${subject} ${fault}`);
};
