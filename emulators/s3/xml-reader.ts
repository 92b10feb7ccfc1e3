/**
 * What a request's XML says. Reads elements, text, the five named entities and character references.
 * Does not read DOCTYPE, CDATA, processing instructions past the declaration, or attributes (skipped): the
 * documents that S3 takes have none. The caller bounds the size of the text.
 */
import { S3Error } from './s3-errors.ts';

export type XmlElement = { readonly name: string; readonly children: XmlElement[]; text: string };

const token = /<\?xml[^>]*\?>|<!--[\s\S]*?-->|<(\/?)([A-Za-z_][\w.-]*)((?:\s[^<>]*?)?)(\/?)>|([^<]+)/gy;
const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

const character = (reference: string): string => {
  const code = reference.startsWith('#x') ? Number.parseInt(reference.slice(2), 16) : Number(reference.slice(1));
  if (!(code <= 0x10ffff)) throw new S3Error('MalformedXML');
  return String.fromCodePoint(code);
};

const unescapeText = (text: string): string =>
  text.replace(/&(#x[0-9a-fA-F]+|#\d+|\w+);?/g, (whole, name: string) => {
    if (!whole.endsWith(';')) throw new S3Error('MalformedXML');
    if (name.startsWith('#')) return character(name);
    const value = named[name];
    if (value === undefined) throw new S3Error('MalformedXML');
    return value;
  });

const closeElement = (open: XmlElement[], name: string): void => {
  if (open.length < 2 || open.pop()?.name !== name) throw new S3Error('MalformedXML');
};

const openElement = (open: XmlElement[], name: string): XmlElement => {
  const element: XmlElement = { name, children: [], text: '' };
  const parent = open.at(-1);
  if (parent === undefined || open.length > 16) throw new S3Error('MalformedXML');
  parent.children.push(element);
  open.push(element);
  return element;
};

/** The root element, which must be called `rootName`. Throws MalformedXML. */
export const readXml = (xml: string, rootName: string): XmlElement => {
  const holder: XmlElement = { name: '', children: [], text: '' };
  const open = [holder];
  const matcher = new RegExp(token);
  while (matcher.lastIndex < xml.length) {
    const match = matcher.exec(xml);
    if (match === null) throw new S3Error('MalformedXML');
    const [, slash, name, , selfClosing, text] = match;
    if (text !== undefined) (open.at(-1) ?? holder).text += unescapeText(text);
    if (name === undefined) continue;
    if (slash === '/') closeElement(open, name);
    else if (openElement(open, name) && selfClosing === '/') closeElement(open, name);
  }
  const [root, ...others] = holder.children;
  const wellFormed = open.length === 1 && others.length === 0 && holder.text.trim() === '';
  if (!wellFormed || root?.name !== rootName) throw new S3Error('MalformedXML');
  return root;
};

/** The text of the child called `name`, undefined if there is none. */
export const childText = (element: XmlElement, name: string): string | undefined =>
  element.children.find((child) => child.name === name)?.text;
