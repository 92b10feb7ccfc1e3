/** How names and values stand in a signed URL. Source: "Create a signed AWS API request", function UriEncode. */
import { S3Error } from '../s3-errors.ts';

const plain = /^[A-Za-z0-9\-._~]*$/;

/** Percent-encodes everything but `A-Z a-z 0-9 - . _ ~`. */
export const uriEncode = (text: string): string =>
  plain.test(text)
    ? text
    : encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);

/** The same with `/` left as it is: for object keys in paths. */
export const uriEncodePath = (path: string): string => path.split('/').map(uriEncode).join('/');

/** Decodes percent escapes as UTF-8. Throws InvalidURI. */
export const uriDecode = (text: string): string => {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    throw new S3Error('InvalidURI');
  }
};
