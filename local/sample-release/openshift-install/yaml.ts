import { boolYaml11Tag, CORE_SCHEMA, dump, loadAll, YAMLException } from 'js-yaml';
import { decode, isMapping, type Mapping, type Shape } from './shape.ts';

/** The real program resolves scalars by YAML 1.1: a plain `yes` or `on` is a boolean. */
const schema = CORE_SCHEMA.withTags(boolYaml11Tag);

/** The documents of a file. A separator ends a document even inside a scalar, so the text can be cut by lines. */
const documentsOf = (text: string): string[] => {
  const documents = text.split(/^---(?:[ \t].*)?$/m);
  return documents.length > 1 && documents[0]?.trim() === '' ? documents.slice(1) : documents;
};

const parseDocument = (text: string): unknown => {
  try {
    return loadAll(text, { schema })[0] ?? null;
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    const line = error.mark ? `line ${error.mark.line + 1}: ` : '';
    throw new Error(`error converting YAML to JSON: yaml: ${line}${error.reason}`, { cause: error });
  }
};

/** All documents that are not empty, undecoded. Throws an Error for broken YAML. */
export const readDocuments = (text: string): unknown[] =>
  documentsOf(text)
    .map(parseDocument)
    .filter((document) => document !== null);

/**
 * The first document, decoded strictly. An empty file is an empty mapping, and further documents are not even looked at.
 * Throws an Error that ends as Go's does, e.g. `unknown field "…"`.
 */
export const readManifest = (text: string, shape: Shape): Mapping => {
  const document = parseDocument(documentsOf(text)[0] ?? '');
  try {
    const decoded = decode(document, shape);
    return isMapping(decoded) ? decoded : {};
  } catch (error) {
    throw new Error(`error unmarshaling JSON: while decoding JSON: ${error instanceof Error ? error.message : ''}`, {
      cause: error,
    });
  }
};

/** A document with sorted keys and unfolded lines. */
export const writeYaml = (value: unknown): string =>
  dump(value, { sortKeys: true, lineWidth: -1, noRefs: true, skipInvalid: true });
