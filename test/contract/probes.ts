import type { PublishedOperation, PublishedParameter, PublishedSchema } from './published-contract.ts';

/** How a property is sent. */
type Kind = 'valid' | 'invalid' | 'mistyped' | 'null' | 'default' | 'empty';

export interface Probe {
  readonly place: 'body' | 'query';
  /** `api_vips[].ip` for a member of a list's items, `order=ascending` for a value of a parameter. */
  readonly property: string;
  readonly kind: Kind;
  /** undefined: the property as the sample has it. */
  readonly value: unknown;
  /** What the original does with it, as far as its contract says. */
  readonly expected: 'taken' | 'refused';
}

interface Property {
  readonly path: string;
  readonly schema: PublishedSchema;
  readonly isRequired: boolean;
}

const propertiesOf = ({ properties = {}, required = [] }: PublishedSchema, prefix = ''): readonly Property[] =>
  Object.entries(properties).flatMap(([name, schema]) => {
    const path = `${prefix}${name}`;
    const items = schema.items?.properties === undefined ? [] : propertiesOf(schema.items, `${path}[].`);
    return [{ path, schema, isRequired: required.includes(name) }, ...propertiesOf(schema, `${path}.`), ...items];
  });

/** Go holds such a value by a pointer, which tells an empty text from none. */
const isPointer = ({ schema, isRequired }: Property): boolean =>
  schema['x-nullable'] ?? (isRequired || 'default' in schema);

/** A value of the right type that breaks a limit; undefined where there is none. */
const outside = ({ type, enum: values, pattern, format, maxLength, minimum }: PublishedSchema): unknown => {
  if (type === 'integer') return minimum === undefined ? undefined : minimum - 1;
  if (pattern !== undefined) return ' ';
  if (values !== undefined || format === 'uuid') return '!';
  return maxLength === undefined ? undefined : 'x'.repeat(maxLength + 1);
};

const mistyped = { string: 7, integer: 'x', boolean: 'x', array: 'x', object: 'x' } as const;

const takesEmpty = (property: Property): boolean => {
  const { enum: values, pattern, minLength = 0 } = property.schema;
  if (!isPointer(property)) return !property.isRequired;
  const allowed = values === undefined || values.includes('');
  return allowed && minLength === 0 && (pattern === undefined || new RegExp(pattern).test(''));
};

const probesOfProperty = (property: Property): readonly Probe[] => {
  const { path, schema, isRequired } = property;
  const probe = (kind: Kind, expected: Probe['expected'], value?: unknown): Probe => ({
    place: 'body',
    property: path,
    kind,
    value,
    expected,
  });
  const broken = outside(schema);
  return [
    probe('valid', 'taken'),
    probe('mistyped', 'refused', mistyped[schema.type]),
    probe('null', isRequired ? 'refused' : 'taken', null),
    ...(broken === undefined ? [] : [probe('invalid', 'refused', broken)]),
    ...('default' in schema ? [probe('default', 'taken', schema.default)] : []),
    ...(schema.type === 'string' ? [probe('empty', takesEmpty(property) ? 'taken' : 'refused', '')] : []),
  ];
};

const validText = ({ type, format, items }: Pick<PublishedSchema, 'type' | 'format' | 'items'>): string =>
  (format ?? items?.format) === 'uuid'
    ? '5e2d4b1c-0f5a-4a3e-9c7b-1d2e3f4a5b6c'
    : { boolean: 'true', integer: '1', string: 'x', array: 'x', object: 'x' }[type];

/** A boolean of a query that is none counts as false in the original. */
const canBeBroken = ({ type, enum: values, format, items }: Omit<PublishedSchema, 'required'>): boolean =>
  [values, format, items?.enum, items?.format].some((limit) => limit !== undefined) || type === 'integer';

const probesOfParameter = ({ name, required, ...schema }: PublishedParameter, sample: string): readonly Probe[] => {
  const values = schema.enum ?? schema.items?.enum ?? [];
  const probe = (property: string, kind: Kind, expected: Probe['expected'], value: string): Probe => ({
    place: 'query',
    property,
    kind,
    value,
    expected,
  });
  return [
    ...values.map((value) => probe(`${name}=${value}`, 'valid', 'taken', value)),
    ...(values.length === 0 ? [probe(name, 'valid', 'taken', sample)] : []),
    probe(name, 'invalid', canBeBroken(schema) ? 'refused' : 'taken', '!'),
    probe(name, 'empty', required ? 'refused' : 'taken', ''),
  ];
};

/** Every parameter of an operation's query: each value of a list, something else, and no text. */
const parameterProbes = ({ parameters = [] }: PublishedOperation, samples: Readonly<Record<string, string>>) =>
  parameters
    .filter((parameter) => parameter.in === 'query')
    .flatMap((parameter) => probesOfParameter(parameter, samples[parameter.name] ?? validText(parameter)));

/** Every property of an operation's body, at any depth, and every parameter, each in every way that it can be sent. */
export const probesOf = (
  operation: PublishedOperation,
  samples: Readonly<Record<string, string>>,
): readonly Probe[] => [
  ...propertiesOf(operation.body?.schema ?? { type: 'object' }).flatMap(probesOfProperty),
  ...parameterProbes(operation, samples),
];

/** A copy of a body in which the value at a path is another one. */
export const withValue = (body: unknown, path: string, value: unknown): unknown => {
  const [, name = '', isList, rest] = /^(\w+)(\[\])?\.?(.*)$/.exec(path) ?? [];
  const members = (typeof body === 'object' && body !== null ? body : {}) as Readonly<Record<string, unknown>>;
  const inner = members[name];
  if (!rest) return { ...members, [name]: value };
  if (!isList) return { ...members, [name]: withValue(inner, rest, value) };
  const [first, ...others] = Array.isArray(inner) ? inner : [{}];
  return { ...members, [name]: [withValue(first, rest, value), ...others] };
};
