import * as z from 'zod';

/** Versions of the Ignition specification that are read; what a merge and a host's file system depend on is alike in all. */
export const ignitionVersions = ['3.1.0', '3.2.0', '3.3.0', '3.4.0', '3.5.0'] as const;

/** An absolute path without `//`, `.`, `..` and a trailing slash: each path has one spelling. */
const path = z
  .string()
  .regex(/^\/(?:(?!\.{1,2}(?:\/|$))[^/\0]+(?:\/(?!$)|$))*$/, 'must be an absolute path without empty, . and .. parts');
const name = z.string().min(1);
const text = z.string().nullish();
const flag = z.boolean().nullish();
const texts = z.array(z.string()).nullish();
/** Decimal, as JSON has it; permissions with the three special bits. */
const mode = z.int().min(0).max(0o7777).nullish();
const account = z.looseObject({ id: z.int().min(0).nullish(), name: text }).nullish();

const list = <Item extends z.ZodType>(item: Item) => z.array(item).nullish();

const resource = z.looseObject({
  source: text,
  compression: z.enum(['', 'gzip']).nullish(),
  httpHeaders: list(z.looseObject({ name, value: text })),
  verification: z.looseObject({ hash: text }).nullish(),
});

const node = { path, user: account, group: account, overwrite: flag };

const storage = z.looseObject({
  disks: list(z.looseObject({ device: path, wipeTable: flag, partitions: list(z.looseObject({})) })),
  raid: list(z.looseObject({ name, devices: texts })),
  luks: list(z.looseObject({ name })),
  filesystems: list(z.looseObject({ device: path, path: text, format: text, wipeFilesystem: flag })),
  directories: list(z.looseObject({ ...node, mode })),
  files: list(z.looseObject({ ...node, mode, contents: resource.nullish(), append: list(resource) })),
  links: list(z.looseObject({ ...node, hard: flag, target: text })),
});

const unitName = z
  .string()
  .regex(
    /^[\w:.@\\-]+\.(?:service|socket|device|mount|automount|swap|target|path|timer|snapshot|slice|scope)$/,
    'must be the name of a systemd unit',
  );
const dropinName = z.string().regex(/^[^/\0]+\.conf$/, 'must be the name of a .conf file');

const systemd = z.looseObject({
  units: list(
    z.looseObject({
      name: unitName,
      enabled: flag,
      mask: flag,
      contents: text,
      dropins: list(z.looseObject({ name: dropinName, contents: text })),
    }),
  ),
});

const passwd = z.looseObject({
  users: list(
    z.looseObject({ name, passwordHash: text, sshAuthorizedKeys: texts, groups: texts, uid: z.int().nullish() }),
  ),
  groups: list(z.looseObject({ name, gid: z.int().nullish(), passwordHash: text })),
});

const ignition = z.looseObject({
  version: z.enum(ignitionVersions),
  config: z.looseObject({ merge: list(resource), replace: resource.nullish() }).nullish(),
  proxy: z.looseObject({ httpProxy: text, httpsProxy: text, noProxy: texts }).nullish(),
  security: z.looseObject({ tls: z.looseObject({ certificateAuthorities: list(resource) }).nullish() }).nullish(),
  timeouts: z.looseObject({ httpResponseHeaders: z.int().nullish(), httpTotal: z.int().nullish() }).nullish(),
});

/**
 * The sections of an Ignition config (specification 3.1.0 to 3.5.0) as far as a merge and a host's file system depend on
 * them. Unknown keys are passed over, as Ignition itself does; what partitions, RAID, LUKS and file systems ask for is left
 * to Ignition.
 */
export const ignitionConfig = z.looseObject({
  ignition,
  storage: storage.nullish(),
  systemd: systemd.nullish(),
  passwd: passwd.nullish(),
  kernelArguments: z.looseObject({ shouldExist: texts, shouldNotExist: texts }).nullish(),
});

export type IgnitionConfig = z.infer<typeof ignitionConfig>;
