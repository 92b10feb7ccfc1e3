import { DUMP_SCHEMA, type DumpOptions, dump, SCALAR_STYLE, type ScalarStyleRule, strTag } from 'js-yaml';
import { wholeNumber } from '../values/user-yaml.ts';

// The binary reads YAML 1.1, where a plain `yes`, `1_0` or `12:30` is not a string, as a value or as a key. In double quotes no
// text spans lines, so that none can begin a document.
const quoteStrings: ScalarStyleRule = (layout) => {
  if (layout.node.tag === strTag.tagName) layout.style = SCALAR_STYLE.DOUBLE_QUOTED;
};

const writeOptions: DumpOptions = {
  schema: DUMP_SCHEMA.withTags(wholeNumber),
  scalarStyleRules: [quoteStrings],
  lineWidth: -1,
  // What the user wrote once and named again is written out: not every reader knows aliases.
  noRefs: true,
};

/** One document for the binary: every scalar keeps its type under the rules of YAML 1.1 and of YAML 1.2. */
export const writeManifest = (manifest: object): string => dump(manifest, writeOptions);
