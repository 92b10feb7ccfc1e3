/** The parts of an ignition 3.2.0 document that the stand-in writes, in the key order of the real program. */
export interface IgnitionFile {
  readonly overwrite: boolean;
  readonly path: string;
  readonly user: { readonly name: string };
  readonly append?: readonly { readonly source: string }[];
  readonly contents?: { readonly source: string };
  readonly mode: number;
}

export interface IgnitionUnit {
  readonly contents: string;
  readonly enabled?: boolean;
  readonly name: string;
}

const dataUrl = (content: string): string =>
  `data:text/plain;charset=utf-8;base64,${Buffer.from(content).toString('base64')}`;

const owned = { overwrite: true, user: { name: 'root' } };

/** A file that replaces what the image holds. `mode` is a number such as 0o644. */
export const file = (path: string, mode: number, content: string): IgnitionFile => ({
  overwrite: owned.overwrite,
  path,
  user: owned.user,
  contents: { source: dataUrl(content) },
  mode,
});

/** A text that is added to a file of the image. */
export const appendedFile = (path: string, mode: number, content: string): IgnitionFile => ({
  overwrite: false,
  path,
  user: owned.user,
  append: [{ source: dataUrl(content) }],
  mode,
});

export interface IgnitionParts {
  readonly sshAuthorizedKey: string;
  readonly files: readonly IgnitionFile[];
  readonly units: readonly IgnitionUnit[];
}

/** The document. The SSH key is one entry, however many lines it has; without one there is no `passwd` content. */
export const ignitionDocument = ({ sshAuthorizedKey, files, units }: IgnitionParts) => ({
  ignition: { version: '3.2.0' },
  ...(sshAuthorizedKey ? { passwd: { users: [{ name: 'core', sshAuthorizedKeys: [sshAuthorizedKey] }] } } : {}),
  storage: {
    directories: [{ overwrite: true, path: '/opt/agent/tls', user: owned.user, mode: 0o644 }],
    files,
  },
  systemd: { units },
});
