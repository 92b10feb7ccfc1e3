import { gunzipSync } from 'node:zlib';

interface Resource {
  readonly source?: string | null;
  readonly compression?: string | null;
}

/** What tests look at in an ignition 3.x document. */
export interface IgnitionDocument {
  readonly ignition: { readonly version: string };
  readonly passwd?: {
    readonly users?: readonly { readonly name: string; readonly sshAuthorizedKeys?: readonly string[] }[];
  };
  readonly storage?: {
    readonly files?: readonly {
      readonly path: string;
      readonly mode?: number;
      readonly contents?: Resource;
      readonly append?: readonly Resource[];
    }[];
    readonly links?: readonly { readonly path: string; readonly target?: string }[];
  };
  readonly systemd?: {
    readonly units?: readonly {
      readonly name: string;
      readonly enabled?: boolean;
      readonly contents?: string;
      readonly dropins?: readonly { readonly name: string; readonly contents?: string }[];
    }[];
  };
}

/** Parses an ignition's text; its members are not checked. */
export const parseIgnition = (text: string): IgnitionDocument => {
  // The caller of a test's reading tool knows that this is an ignition; a wrong member fails the test that reads it.
  return JSON.parse(text) as IgnitionDocument;
};

/** The bytes of an RFC 2397 data URL, base64 or percent-encoded. Throws for any other URL. */
const decodeDataUrl = (url: string): Buffer => {
  const found = /^data:([^,]*),(.*)$/s.exec(url);
  if (!found) throw new Error(`not a data URL: ${url.slice(0, 40)}`);
  const [, type = '', data = ''] = found;
  return type.endsWith(';base64') ? Buffer.from(data, 'base64') : Buffer.from(decodeURIComponent(data));
};

const decodeResource = ({ source, compression }: Resource): string => {
  const bytes = decodeDataUrl(source ?? 'data:,');
  return (compression === 'gzip' ? gunzipSync(bytes) : bytes).toString();
};

const asDocument = (ignition: IgnitionDocument | string): IgnitionDocument =>
  typeof ignition === 'string' ? parseIgnition(ignition) : ignition;

const findFile = (ignition: IgnitionDocument | string, path: string) =>
  asDocument(ignition).storage?.files?.find((file) => file.path === path);

/** Paths of all files, in the document's order. */
export const filePaths = (ignition: IgnitionDocument | string): string[] =>
  asDocument(ignition).storage?.files?.map((file) => file.path) ?? [];

export const hasFile = (ignition: IgnitionDocument | string, path: string): boolean =>
  findFile(ignition, path) !== undefined;

/** The text that the ignition writes or appends at this path. Throws if there is no such file. */
export const decodeFile = (ignition: IgnitionDocument | string, path: string): string => {
  const file = findFile(ignition, path);
  if (!file) throw new Error(`the ignition has no file ${path}`);
  return [...(file.contents ? [file.contents] : []), ...(file.append ?? [])].map(decodeResource).join('');
};

/** Permission bits of a file; undefined without mode. Throws if there is no such file. */
export const fileMode = (ignition: IgnitionDocument | string, path: string): number | undefined => {
  const file = findFile(ignition, path);
  if (!file) throw new Error(`the ignition has no file ${path}`);
  return file.mode;
};

/** Whether a unit is enabled. Throws if there is no such unit. */
export const unitEnabled = (ignition: IgnitionDocument | string, name: string): boolean => {
  const unit = asDocument(ignition).systemd?.units?.find((candidate) => candidate.name === name);
  if (!unit) throw new Error(`the ignition has no unit ${name}`);
  return unit.enabled === true;
};
