/**
 * Strict decoding as Go's JSON decoder does it behind its YAML reader: unknown keys are refused, keys match without regard
 * to case, and a number or boolean where a string is wanted becomes that string.
 */
export type Shape =
  | 'string'
  | 'number'
  | 'boolean'
  | 'any'
  | { readonly list: Shape }
  | { readonly map: Shape }
  | { readonly struct: string; readonly fields: Readonly<Record<string, Shape>> };

export type Mapping = Record<string, unknown>;

export const isMapping = (value: unknown): value is Mapping =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const goKind = (value: unknown): string => {
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'boolean') return 'bool';
  return typeof value;
};

const goType = (shape: Shape): string => {
  if (typeof shape !== 'string')
    return 'struct' in shape ? `v1beta1.${shape.struct}` : 'list' in shape ? 'slice' : 'map';
  return { string: 'string', number: 'int64', boolean: 'bool', any: 'interface {}' }[shape];
};

const refuseKind = (value: unknown, shape: Shape, path: string): never => {
  throw new Error(
    `json: cannot unmarshal ${goKind(value)} into Go struct field ${path || '.'} of type ${goType(shape)}`,
  );
};

const decodeScalar = (value: unknown, shape: Shape & string, path: string): unknown => {
  if (shape === 'any') return value;
  if (shape === 'string' && (typeof value === 'number' || typeof value === 'boolean')) return String(value);
  return typeof value === shape ? value : refuseKind(value, shape, path);
};

const fieldNamed = (fields: Readonly<Record<string, Shape>>, key: string): string | undefined =>
  Object.hasOwn(fields, key) ? key : Object.keys(fields).find((name) => name.toLowerCase() === key.toLowerCase());

const decodeStruct = (value: Mapping, fields: Readonly<Record<string, Shape>>, path: string): Mapping => {
  const decoded: Mapping = {};
  for (const [key, member] of Object.entries(value)) {
    const name = fieldNamed(fields, key);
    const shape = name === undefined ? undefined : fields[name];
    if (name === undefined || shape === undefined) throw new Error(`json: unknown field ${JSON.stringify(key)}`);
    decoded[name] = decode(member, shape, path ? `${path}.${name}` : name);
  }
  return decoded;
};

/** The value with its keys in canonical case; null stays undefined. Throws an Error worded as Go does. */
export const decode = (value: unknown, shape: Shape, path = ''): unknown => {
  if (value === null || value === undefined) return undefined;
  if (typeof shape === 'string') return decodeScalar(value, shape, path);
  if ('list' in shape) {
    return Array.isArray(value) ? value.map((item) => decode(item, shape.list, path)) : refuseKind(value, shape, path);
  }
  if (!isMapping(value)) return refuseKind(value, shape, path);
  if ('struct' in shape) return decodeStruct(value, shape.fields, path);
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, decode(item, shape.map, `${path}.${key}`)]),
  );
};

/** Reads of decoded documents: what is absent or of another kind reads as empty. */
export const textAt = (mapping: Mapping, key: string): string => {
  const value = mapping[key];
  return typeof value === 'string' ? value : '';
};
export const mappingAt = (mapping: Mapping, key: string): Mapping => {
  const value = mapping[key];
  return isMapping(value) ? value : {};
};
export const mappingsAt = (mapping: Mapping, key: string): Mapping[] => {
  const value = mapping[key];
  return Array.isArray(value) ? value.filter(isMapping) : [];
};
