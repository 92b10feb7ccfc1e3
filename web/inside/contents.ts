import { parseIgnition } from '#domain/ignition/ignition.ts';
import { contentOf } from '#domain/values/ignition/content.ts';
import { isPrintable } from '#domain/values/printable.ts';

/** A file or a unit of an ignition, as somebody looks at it. */
export interface Item {
  readonly kind: 'file' | 'unit';
  /** The path of a file, the name of a unit. */
  readonly name: string;
  /** undefined: bytes that are no text. */
  readonly text: string | undefined;
  readonly size: number;
  readonly isSecret: boolean;
}

/** Nobody but root reads it, or its name says so. */
const isSecret = (name: string, mode: number | null | undefined): boolean =>
  (mode ?? 0o644) % 0o100 === 0 || /secret|token|passw|credential|kubeconfig|docker\/config|\.key$/i.test(name);

const textOf = (bytes: Buffer): string | undefined => {
  const text = bytes.toString('utf8');
  return Buffer.from(text, 'utf8').equals(bytes) && isPrintable(text.replaceAll(/[\r\n\t]/g, '')) ? text : undefined;
};

type Ignition = ReturnType<typeof parseIgnition>;
type File = NonNullable<NonNullable<Ignition['storage']>['files']>[number];
type Unit = NonNullable<NonNullable<Ignition['systemd']>['units']>[number];

const bytesOf = ({ contents, append }: File): Buffer =>
  Buffer.concat(
    [contents, ...(append ?? [])]
      .filter((resource) => resource?.source)
      .map((resource) => contentOf(resource ?? {}).bytes),
  );

const fileItem = (file: File): Item => {
  const bytes = bytesOf(file);
  return {
    kind: 'file',
    name: file.path,
    text: textOf(bytes),
    size: bytes.length,
    isSecret: isSecret(file.path, file.mode),
  };
};

const unitItem = ({ name, contents, dropins, enabled, mask }: Unit): Item => {
  const state = [enabled === true && 'enabled', mask === true && 'masked'].filter((word) => word !== false);
  const parts = [
    ...(state.length === 0 ? [] : [`# ${state.join(', ')}`]),
    ...(contents ? [contents.trimEnd()] : []),
    ...(dropins ?? []).map((dropin) => `# drop-in ${dropin.name}\n${dropin.contents?.trimEnd() ?? ''}`),
  ];
  const text = parts.join('\n\n');
  return { kind: 'unit', name, text, size: text.length, isSecret: /password|token=/i.test(text) };
};

/** Everything that an ignition puts on a host, by name. @throws Error for what is not an ignition */
export const contentsOf = (text: string): readonly Item[] => {
  const { storage, systemd } = parseIgnition(text);
  const byName = (a: Item, b: Item) => a.name.localeCompare(b.name);
  return [
    ...(storage?.files ?? []).map(fileItem).toSorted(byName),
    ...(systemd?.units ?? []).map(unitItem).toSorted(byName),
  ];
};
