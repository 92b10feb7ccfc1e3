import { YAMLException } from 'js-yaml';
import { readGoYaml } from '../values/go-yaml.ts';

/** Without what it quotes: the content may hold secrets. */
const reasonOf = ({ reason }: YAMLException): string => reason.replace(/(: |\s*(["`]|!<)).*$/s, '');

const faultOf = (error: unknown): string => {
  if (!(error instanceof YAMLException)) return 'the text is not UTF-8';
  const line = error.mark === undefined ? '' : ` line ${error.mark.line + 1}:`;
  return `yaml:${line} ${reasonOf(error)}`;
};

export type Documents =
  | { readonly documents: readonly unknown[]; readonly fault?: never }
  | { readonly documents?: never; readonly fault: string };

/** @throws TypeError where the content is not UTF-8 */
export const textOf = (content: Uint8Array): string =>
  new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(content);

/**
 * Every document of a manifest in YAML that is not empty, or why it cannot be read; that quotes nothing of it. Anchors are
 * taken: reading does not expand their aliases.
 */
export const documentsOf = (content: Uint8Array): Documents => {
  try {
    return { documents: readGoYaml(textOf(content)) };
  } catch (error) {
    return { fault: faultOf(error) };
  }
};
