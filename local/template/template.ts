import type { SynthesizedTemplate } from '#cdk/build-app.ts';
import { accountId, partition, region } from '#emulators/account.ts';
import { type Given, type Identity, identify } from './names.ts';

/** A resource as CloudFormation has it, before its properties are resolved. */
export type RawResource = SynthesizedTemplate['Resources'][string];

/** A resource with every reference in its properties put in. */
export interface Resource {
  readonly logicalId: string;
  /** The value of its Ref. */
  readonly ref: string;
  /** The value of its attribute Arn; absent where the type has none here. */
  readonly arn?: string;
  readonly properties: Readonly<Record<string, unknown>>;
  readonly metadata: Readonly<Record<string, unknown>>;
}

export interface Template {
  readonly ofType: (type: string) => readonly Resource[];
  /** The value of an output. @throws Error when there is none of that name */
  readonly output: (name: string) => string;
}

type Resolve = (value: unknown) => unknown;

const pseudoParameters: Readonly<Record<string, string>> = {
  'AWS::AccountId': accountId,
  'AWS::Region': region,
  'AWS::Partition': partition,
  'AWS::URLSuffix': 'amazonaws.com',
  'AWS::StackName': 'local',
};

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const list = (value: unknown): readonly unknown[] => {
  if (!Array.isArray(value)) throw new Error(`template: a list was expected, not ${JSON.stringify(value)}`);
  return value;
};

/** References to the resources of a template, and the functions that put texts together. No conditions, no imports. */
const intrinsics = (identities: ReadonlyMap<string, Identity>, resolve: Resolve): Record<string, Resolve> => {
  const ref = (name: string): string => {
    const value = pseudoParameters[name] ?? identities.get(name)?.ref;
    if (value === undefined) throw new Error(`template: nothing is called ${name}`);
    return value;
  };
  const attribute = (logicalId: string, name: string): string => {
    const value = identities.get(logicalId)?.attributes[name];
    if (value === undefined) throw new Error(`template: ${logicalId} has no attribute ${name} here`);
    return value;
  };
  const placeholder = (text: string): string => {
    const [logicalId = '', ...rest] = text.split('.');
    return rest.length === 0 ? ref(logicalId) : attribute(logicalId, rest.join('.'));
  };
  const substitute = (text: string, values: Record<string, unknown>): string => {
    const textOf = (name: string) => (Object.hasOwn(values, name) ? String(resolve(values[name])) : placeholder(name));
    return text.replaceAll(/\$\{([^!}][^}]*)\}/g, (_, name: string) => textOf(name)).replaceAll('${!', '${');
  };

  return {
    Ref: (name) => ref(String(name)),
    'Fn::GetAtt': (argument) => {
      const [logicalId, name] = Array.isArray(argument) ? argument : String(argument).split('.');
      return attribute(String(logicalId), String(name));
    },
    'Fn::Join': (argument) => {
      const [separator, parts] = list(argument);
      return list(resolve(parts)).join(String(separator));
    },
    'Fn::Split': (argument) => {
      const [separator, text] = list(argument);
      return String(resolve(text)).split(String(separator));
    },
    'Fn::Select': (argument) => {
      const [index, values] = list(argument);
      return list(resolve(values))[Number(index)];
    },
    'Fn::Sub': (argument) => {
      const [text, values] = Array.isArray(argument) ? argument : [argument, {}];
      return substitute(String(text), isRecord(values) ? values : {});
    },
  };
};

const resolver = (identities: ReadonlyMap<string, Identity>): Resolve => {
  const resolve: Resolve = (value) => {
    if (Array.isArray(value)) return value.map(resolve);
    if (!isRecord(value)) return value;
    const entries = Object.entries(value);
    const [[name, argument] = ['', undefined]] = entries;
    const intrinsic = entries.length === 1 && Object.hasOwn(functions, name) ? functions[name] : undefined;
    return intrinsic ? intrinsic(argument) : Object.fromEntries(entries.map(([key, part]) => [key, resolve(part)]));
  };
  const functions = intrinsics(identities, resolve);
  return resolve;
};

/** A property is resolved when it is read. */
const lazily = (properties: Readonly<Record<string, unknown>>, resolve: Resolve): Readonly<Record<string, unknown>> =>
  Object.defineProperties(
    {},
    Object.fromEntries(
      Object.entries(properties).map(([name, value]) => [name, { enumerable: true, get: () => resolve(value) }]),
    ),
  );

/**
 * Reads a synthesized template. What it says about things that nobody asks for need not be resolvable.
 *
 * @throws Error when a reference leads nowhere
 */
export const readTemplate = ({ Resources, Outputs = {} }: SynthesizedTemplate, given: Given): Template => {
  const identified = Object.entries(Resources).map(([logicalId, raw]) => ({
    logicalId,
    raw,
    identity: identify({ type: raw.Type, logicalId, properties: raw.Properties ?? {} }, given),
  }));
  const resolve = resolver(new Map(identified.map(({ logicalId, identity }) => [logicalId, identity])));

  const resource = ({ logicalId, raw, identity }: (typeof identified)[number]): Resource => {
    const { Arn: arn } = identity.attributes;
    return {
      logicalId,
      ref: identity.ref,
      ...(arn === undefined ? {} : { arn }),
      properties: lazily(raw.Properties ?? {}, resolve),
      metadata: raw.Metadata ?? {},
    };
  };

  return {
    ofType: (type) => identified.filter(({ raw }) => raw.Type === type).map(resource),
    output: (name) => {
      const found = Outputs[name];
      if (found === undefined) throw new Error(`template: there is no output ${name}`);
      return String(resolve(found.Value));
    },
  };
};
