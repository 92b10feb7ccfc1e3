import { CORE_SCHEMA, defineScalarTag, intCoreTag, load, NOT_RESOLVED, type Schema, YAMLException } from 'js-yaml';
import { withFlowIndented } from './flow-indentation.ts';

const digits = (source: string): bigint =>
  source.startsWith('-') ? -BigInt(source.slice(1)) : BigInt(source.replace(/^\+/, ''));

/** Whole numbers of any size: those that a JavaScript number would round become a bigint. */
export const wholeNumber = defineScalarTag<number | bigint>(intCoreTag.tagName, {
  ...intCoreTag,
  resolve: (source, isExplicit, tagName) => {
    const value = intCoreTag.resolve(source, isExplicit, tagName);
    return value === NOT_RESOLVED || Number.isSafeInteger(value) ? value : digits(source);
  },
  identify: (data) => typeof data === 'bigint' || intCoreTag.identify(data),
});

const userSchema = CORE_SCHEMA.withTags(wholeNumber);

/** Aliases in one document; a person writes a handful. */
const mostAliases = 1_000;

/** Levels of lists and mappings in each other, as the parser has it for what is written out. */
const maximumDepth = 100;

/** Values and characters of a document whose aliases are written out. */
const largestExpansion = 256 * 1024;

const membersOf = (value: object): readonly unknown[] => (Array.isArray(value) ? value : Object.entries(value).flat());

// An anchor within itself has no end: its depth ends it.
const checkExpansion = (root: unknown, largest: number): void => {
  let size = 0;
  const visit = (value: unknown, depth: number): void => {
    size += 1 + (typeof value === 'string' ? value.length : 0);
    if (size > largest) throw new YAMLException('the aliases stand for too long a document');
    if (typeof value !== 'object' || value === null) return;
    if (depth >= maximumDepth) throw new YAMLException(`nesting exceeded ${maximumDepth} levels with its aliases`);
    for (const member of membersOf(value)) visit(member, depth + 1);
  };
  visit(root, 0);
};

/**
 * Checks that a document is not much longer than its text with its aliases written out, as Go's YAML parsers do.
 *
 * @throws YAMLException
 */
export const checkAliases = (document: unknown, text: string): void => {
  // Without an alias, no document has more values and characters than twice its text.
  checkExpansion(document, Math.max(largestExpansion, 2 * text.length));
};

/**
 * Reads what a user wrote as NMState reads it, by YAML 1.2's core rules: `yes` is a string. Aliases are taken, as long as
 * the document is not much longer with them written out: a few can stand for a document of any size.
 *
 * @throws YAMLException
 */
export const readUserYaml = (text: string, schema: Schema = userSchema): unknown => {
  const document = withFlowIndented(text, (indented) => load(indented, { schema, maxAliases: mostAliases }));
  checkAliases(document, text);
  return document;
};
