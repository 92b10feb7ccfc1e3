import * as z from 'zod';
import { ignitionVersions } from '../values/ignition/versions.ts';

const resource = z.looseObject({ source: z.string().nullish(), compression: z.string().nullish() });
const mode = z.int().min(0).max(0o7777).nullish();
const node = z.looseObject({ path: z.string().startsWith('/') });
const file = node.extend({ mode, contents: resource.nullish(), append: z.array(resource).nullish() });
const named = z.looseObject({ name: z.string().min(1) });
const user = named.extend({ sshAuthorizedKeys: z.array(z.string()).nullish() });
const unitText = named.extend({ contents: z.string().nullish() });
const unit = unitText.extend({ dropins: z.array(unitText).nullish() });

const document = z.looseObject({
  ignition: z.looseObject({ version: z.enum(ignitionVersions) }),
  passwd: z.looseObject({ users: z.array(user).nullish(), groups: z.array(named).nullish() }).nullish(),
  storage: z
    .looseObject({
      files: z.array(file).nullish(),
      directories: z.array(node.extend({ mode })).nullish(),
      links: z.array(node).nullish(),
    })
    .nullish(),
  systemd: z.looseObject({ units: z.array(unit).nullish() }).nullish(),
});

/** The parts of an ignition 3.x document that this service touches; everything else is kept as it came. */
export type Ignition = z.infer<typeof document>;
export type IgnitionFile = z.infer<typeof file>;
export type IgnitionUnit = z.infer<typeof unit>;
export type Resource = z.infer<typeof resource>;

// JSON.parse quotes the text around the error, which may be part of a secret: its own message is never used.
const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error('the ignition is not JSON');
  }
};

/**
 * Checks what was put together as an ignition.
 *
 * @throws Error that names the offending place, and holds nothing of the document's values
 */
export const asIgnition = (value: unknown): Ignition => {
  const parsed = document.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new Error(`the ignition is not valid at ${issue?.path.join('.') || 'its root'}: ${issue?.message ?? ''}`);
};

/**
 * Reads an ignition of version 3.1.0 to 3.5.0. Not read: disks, raid, filesystems, luks, kernel arguments, and the
 * sources of files, which are kept unseen.
 *
 * @throws Error that names the offending place, and holds nothing of the document's values
 */
export const parseIgnition = (text: string): Ignition => asIgnition(parseJson(text));
