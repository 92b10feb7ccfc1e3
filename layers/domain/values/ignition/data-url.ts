import { isBase64 } from '../base64.ts';

/** Characters; media types of files are far shorter. */
const longestHeader = 1024;

// RFC 2397, as the library that Ignition reads it with: a subtype may be empty, a parameter needs a value.
const token = "[\\w!#$&'*+.^`|~{}-]+";
const value = "(?:[\\w!#$&'*+.^`|~{}-]|%[0-9a-fA-F]{2})+";
const quoted = '"(?:[\\w !#$&\'()*+,./:;<=>?@[\\]^`{|}~-]|\\\\.|%[0-9a-fA-F]{2})+"';
const header = new RegExp(`^data:(?:${token}/(?:${token})?)?(?:;${token}=(?:${value}|${quoted}))*(?<base64>;base64)?,`);

const isData = (data: string): boolean => /^[\w$.+!*'(),;/?:@=&%~-]*$/.test(data) && !/%(?![0-9a-fA-F]{2})/.test(data);

/** What Ignition would say against a data URL; undefined where it reads it. */
export const faultOfDataUrl = (url: string): string | undefined => {
  const found = header.exec(url.slice(0, longestHeader));
  if (found === null) return 'must be a data URL (RFC 2397): data:[type/subtype][;name=value][;base64],data';
  const data = url.slice(found[0].length);
  if (found.groups?.base64 !== undefined) return isBase64(data) ? undefined : 'must hold base64 behind the comma';
  return isData(data) ? undefined : 'must have all but letters, digits and a few signs percent-encoded in its data';
};
