/** The content of a file of an ignition, as a data URL. */
export type TextResource = { readonly source: string };

/** A text as the content of a file, in the encoding that the binary uses. */
export const textResource = (text: string): TextResource => ({
  source: `data:text/plain;charset=utf-8;base64,${Buffer.from(text, 'utf8').toString('base64')}`,
});
