/** How an answer becomes XML: elements as nested values, in the order given. */
export type XmlNode = readonly [name: string, content: XmlContent];
type XmlContent = string | number | boolean | readonly (XmlNode | undefined)[];

const namespace = 'http://s3.amazonaws.com/doc/2006-03-01/';

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

// Keys may hold control characters; S3 writes them as character references too, invalid in XML 1.0 or not.
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are the ones to escape
const special = /[&<>"\u0000-\u001f\u007f]/g;

const escapeText = (text: string): string =>
  text.replace(special, (character) => entities[character] ?? `&#x${character.charCodeAt(0).toString(16)};`);

const element = (node: XmlNode | undefined): string => {
  if (node === undefined) return '';
  const [name, content] = node;
  const inner = typeof content === 'object' ? content.map(element).join('') : escapeText(String(content));
  return `<${name}>${inner}</${name}>`;
};

/** An S3 result document with the S3 namespace on its root. */
export const xmlDocument = (name: string, content: readonly (XmlNode | undefined)[]): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<${name} xmlns="${namespace}">${content.map(element).join('')}</${name}>`;

/** An S3 error document: same shape, without a namespace. */
export const xmlError = (content: readonly (XmlNode | undefined)[]): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n${element(['Error', content])}`;
