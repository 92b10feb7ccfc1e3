import * as z from 'zod';
import { excerpt } from '../printable.ts';

export const text = z.string().nullish();
export const flag = z.boolean().nullish();
export const name = z.string().min(1);

/** Go reads JSON keys in any case, and takes `ſ` for `s` and the Kelvin sign for `k`. */
const folded = (key: string): string => key.normalize('NFKC').toLowerCase();

/**
 * An object of the specification. Unknown keys are passed over, as Ignition does, but for those that it would take for a
 * known one: merged as what they look like, they would not be what it reads.
 */
export const members = <Shape extends z.ZodRawShape>(shape: Shape) => {
  const known = new Map(Object.keys(shape).map((key) => [folded(key), key]));
  return z.looseObject(shape).superRefine((value, context) => {
    for (const key of Object.keys(value)) {
      const meant = known.get(folded(key));
      if (meant === undefined || meant === key) continue;
      context.addIssue({ code: 'custom', path: [key], message: `Ignition reads it as ${meant}: spell it like that` });
    }
  });
};

/** The first of several values that is there a second time. */
export const repeated = <Value>(values: readonly Value[]): Value | undefined => {
  const seen = new Set<Value>();
  return values.find((value) => seen.size === seen.add(value).size);
};

export const list = <Item extends z.ZodType>(item: Item) => z.array(item).nullish();

/** A list whose entries differ in their key, which the message does not repeat: it may be secret. */
export const distinct = <Item extends z.ZodType>(item: Item, by: (entry: z.output<Item>) => unknown) =>
  z
    .array(item)
    .refine(
      (entries) => repeated(entries.map(by).filter((key) => key !== undefined)) === undefined,
      'duplicate entry defined',
    )
    .nullish();

/** A list of what has a name or a path, each of which is there once. */
export const named = <Item extends z.ZodType>(item: Item, nameOf: (entry: z.output<Item>) => string) =>
  z
    .array(item)
    .superRefine((entries, context) => {
      const again = repeated(entries.map(nameOf));
      if (again === undefined) return;
      context.addIssue({ code: 'custom', message: `duplicate entry defined: ${excerpt(again)}` });
    })
    .nullish();

export const distinctTexts = distinct(z.string(), (entry) => entry);

/** A text whose fault, if it has one, is the message. */
export const checked = (faultOf: (value: string) => string | undefined) =>
  z.string().superRefine((value, context) => {
    const message = faultOf(value);
    if (message !== undefined) context.addIssue({ code: 'custom', message });
  });

export const bytesOf = (value: string): number => Buffer.byteLength(value, 'utf8');
