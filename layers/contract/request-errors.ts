import type * as z from 'zod';
import type { JsonFault } from '#domain/values/json.ts';
import { excerpt } from '#domain/values/printable.ts';
import { RequestError } from './error-answer.ts';

type Issue = z.core.$ZodIssue;
type Place = 'body' | 'path' | 'query';

interface Part {
  readonly place: Place;
  /** The parameter's name in the published API, e.g. `newClusterParams`. */
  readonly name: string;
  readonly value: unknown;
}

const member = (value: unknown, key: PropertyKey): unknown => {
  // A list in a query comes as one text.
  if (typeof value === 'string' && typeof key === 'number') return value.split(',')[key];
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
};

const at = (value: unknown, path: readonly PropertyKey[]): unknown => path.reduce(member, value);

/** null counts as absent, as in Go's JSON. */
const isAbsent = (value: unknown): boolean => value === undefined || value === null;

const goKind = (value: unknown): string => {
  if (Array.isArray(value)) return 'array';
  return typeof value === 'boolean' ? 'bool' : typeof value;
};

const undecodable = (name: string, cause: string): string => `parsing ${name} body from "" failed, because ${cause}`;

const limitText = (issue: z.core.$ZodIssueTooBig | z.core.$ZodIssueTooSmall): string => {
  const [limit, word] = issue.code === 'too_big' ? [issue.maximum, 'most'] : [issue.minimum, 'least'];
  if (issue.origin === 'string') return `should be at ${word} ${limit} chars long`;
  if (issue.origin === 'array') return `should have at ${word} ${limit} items`;
  return `should be ${word === 'most' ? 'less' : 'greater'} than or equal to ${limit}`;
};

const wrongType = (type: string, value: unknown): string =>
  `must be of type ${type}: ${excerpt(String(JSON.stringify(value)))}`;

const formatText = (issue: z.core.$ZodIssueInvalidStringFormat, value: unknown): string => {
  if (issue.format === 'guid') return wrongType('uuid', value);
  if (issue.format === 'int64') return wrongType('int64', value);
  return `should match '${String(issue.pattern ?? issue.format).replace(/^\/(.*)\/[a-z]*$/, '$1')}'`;
};

/** The text form of a truth value has many values, none of which needs to be listed. */
const valueText = (issue: z.core.$ZodIssueInvalidValue & { expected?: unknown }, value: unknown): string =>
  issue.expected === 'stringbool'
    ? wrongType('bool', value)
    : `should be one of [${issue.values.filter((allowed) => allowed !== '').join(' ')}]`;

/** As Go's JSON says it. */
const decodingText = (issue: z.core.$ZodIssueInvalidType, value: unknown): string => {
  const field = issue.path.join('.');
  return `json: cannot unmarshal ${goKind(value)} into ${field === '' ? 'Go value' : `field ${field}`} of type ${issue.expected}`;
};

/** The wording of the published API's framework for one broken rule; a value is shown only where it stands for an id, a number or a truth value. */
const issueText = (issue: Issue, part: Part): string => {
  const field = issue.path.join('.');
  const subject = `${field === '' ? part.name : field} in ${part.place}`;
  const value = at(part.value, issue.path);
  switch (issue.code) {
    case 'unrecognized_keys':
      return part.place === 'body'
        ? undecodable(part.name, `json: unknown field ${JSON.stringify(issue.keys[0])}`)
        : `${issue.keys[0]} in ${part.place} is not a parameter of this operation`;
    case 'invalid_type':
      if (isAbsent(value)) return `${subject} is required`;
      return part.place === 'body'
        ? undecodable(part.name, decodingText(issue, value))
        : `${subject} must be of type ${issue.expected}`;
    case 'invalid_value':
      return `${subject} ${isAbsent(value) ? 'is required' : valueText(issue, value)}`;
    case 'too_big':
    case 'too_small':
      return `${subject} ${limitText(issue)}`;
    case 'invalid_format':
      return `${subject} ${formatText(issue, value)}`;
    default:
      return `${subject} is not valid: ${issue.message}`;
  }
};

/** Decoding comes before validation, so a body of the wrong types is refused for that first. */
const isDecoding = (issue: Issue, part: Part): boolean =>
  issue.code === 'unrecognized_keys' || (issue.code === 'invalid_type' && !isAbsent(at(part.value, issue.path)));

/** The published API's framework looks at the fields of a body in the order of their names. */
const byField = (a: Issue, b: Issue): number => {
  const [first, second] = [a.path.join('.'), b.path.join('.')];
  return first === second ? 0 : first < second ? -1 : 1;
};

/** The 400 for a part of a request that breaks its schema: the first broken rule, as the published API reports it. */
export const partRefusal = (issues: readonly Issue[], part: Part): RequestError => {
  const first = issues.find((issue) => isDecoding(issue, part)) ?? issues.toSorted(byField)[0];
  return new RequestError(400, first === undefined ? `${part.name} is not valid` : issueText(first, part));
};

export const bodyMissing = (name: string): RequestError => new RequestError(400, `${name} in body is required`);

export const bodyNotJson = (name: string, { kind, reason }: JsonFault): RequestError =>
  new RequestError(400, undecodable(name, kind === 'malformed' ? 'the text is not JSON' : reason));

export const mediaTypeRefusal = (contentType: string): RequestError =>
  new RequestError(400, `unsupported media type ${JSON.stringify(contentType)}, only [application/json] are allowed`);

export const acceptRefusal = (): RequestError =>
  new RequestError(400, 'unsupported media type requested, only [application/json] are available');
