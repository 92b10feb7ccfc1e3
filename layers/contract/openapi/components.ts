import * as z from 'zod';

export type Json = Readonly<Record<string, unknown>>;

const defsPath = '#/$defs/';
const componentsPath = '#/components/schemas/';

/** Leaves out what says nothing to a reader: the safe integers of JavaScript, and the pattern of a named format. */
const simplify = ({ jsonSchema }: { jsonSchema: z.core.JSONSchema.BaseSchema }): void => {
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
  if (jsonSchema.format === 'uuid') delete jsonSchema.pattern;
};

/** JSON Schema of what a client sends (`input`) or gets (`output`), with references as OpenAPI spells them. */
const jsonSchema = (schema: z.ZodType, io: 'input' | 'output'): Json => {
  const generated = z.toJSONSchema(schema, { io, unrepresentable: 'any', override: simplify });
  return JSON.parse(JSON.stringify(generated).replaceAll(defsPath, componentsPath));
};

/** Collects the named schemas of the document while its operations are written. */
export const createComponents = () => {
  const schemas: Record<string, unknown> = {};
  const add = (schema: z.ZodType, io: 'input' | 'output'): Json => {
    const { $schema, $defs, id, ...rest } = jsonSchema(schema, io);
    for (const [name, { id: _, ...definition }] of Object.entries(($defs ?? {}) as Record<string, Json>)) {
      schemas[name] = definition;
    }
    if (typeof id !== 'string') return rest;
    schemas[id] = rest;
    return { $ref: `${componentsPath}${id}` };
  };
  return { schemas, add };
};

export type Components = ReturnType<typeof createComponents>;
