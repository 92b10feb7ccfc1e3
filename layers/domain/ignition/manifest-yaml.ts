import {
  CORE_SCHEMA,
  DUMP_SCHEMA,
  type DumpOptions,
  defineScalarTag,
  dump,
  intCoreTag,
  load,
  NOT_RESOLVED,
  SCALAR_STYLE,
  type ScalarStyleRule,
  strTag,
} from 'js-yaml';

const digits = (source: string): bigint =>
  source.startsWith('-') ? -BigInt(source.slice(1)) : BigInt(source.replace(/^\+/, ''));

/** Whole numbers of any size: those that a JavaScript number would round become a bigint. */
const wholeNumber = defineScalarTag<number | bigint>(intCoreTag.tagName, {
  ...intCoreTag,
  resolve: (source, isExplicit, tagName) => {
    const value = intCoreTag.resolve(source, isExplicit, tagName);
    return value === NOT_RESOLVED || Number.isSafeInteger(value) ? value : digits(source);
  },
  identify: (data) => typeof data === 'bigint' || intCoreTag.identify(data),
});

/**
 * Reads what a user wrote as NMState reads it, by YAML 1.2's core rules: `yes` is a string. Without aliases, a few of which
 * can stand for a document of any size.
 *
 * @throws YAMLException
 */
export const readUserYaml = (text: string): unknown =>
  load(text, { schema: CORE_SCHEMA.withTags(wholeNumber), maxAliases: 0 });

// The binary reads YAML 1.1, where a plain `yes`, `1_0` or `12:30` is not a string, as a value or as a key. In double quotes no
// text spans lines, so that none can begin a document.
const quoteStrings: ScalarStyleRule = (layout) => {
  if (layout.node.tag === strTag.tagName) layout.style = SCALAR_STYLE.DOUBLE_QUOTED;
};

const writeOptions: DumpOptions = {
  schema: DUMP_SCHEMA.withTags(wholeNumber),
  scalarStyleRules: [quoteStrings],
  lineWidth: -1,
};

/** One document for the binary: every scalar keeps its type under the rules of YAML 1.1 and of YAML 1.2. */
export const writeManifest = (manifest: object): string => dump(manifest, writeOptions);
