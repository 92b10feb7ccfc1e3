import type * as z from 'zod';
import { RequestError } from './errors.ts';

type Issue = z.core.$ZodIssue;
type Place = 'body' | 'path' | 'query';

interface Part {
  readonly place: Place;
  /** The parameter's name in the published API, e.g. `newClusterParams`. */
  readonly name: string;
  readonly value: unknown;
}

const at = (value: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (inner, key) => (typeof inner === 'object' && inner !== null ? Reflect.get(inner, key) : undefined),
    value,
  );

/** null counts as absent, as in Go's JSON. */
const isAbsent = (value: unknown): boolean => value === undefined || value === null;

const goKind = (value: unknown): string => {
  if (Array.isArray(value)) return 'array';
  return typeof value === 'boolean' ? 'bool' : typeof value;
};

const undecodable = ({ name }: Part, cause: string): string => `parsing ${name} body from "" failed, because ${cause}`;

const limitText = (issue: z.core.$ZodIssueTooBig | z.core.$ZodIssueTooSmall): string => {
  const [limit, word] = issue.code === 'too_big' ? [issue.maximum, 'most'] : [issue.minimum, 'least'];
  if (issue.origin === 'string') return `should be at ${word} ${limit} chars long`;
  if (issue.origin === 'array') return `should have at ${word} ${limit} items`;
  return `should be ${word === 'most' ? 'less' : 'greater'} than or equal to ${limit}`;
};

const formatText = (issue: z.core.$ZodIssueInvalidStringFormat, value: unknown): string =>
  issue.format === 'guid'
    ? `must be of type uuid: ${JSON.stringify(value)}`
    : `should match '${String(issue.pattern ?? issue.format).replace(/^\/(.*)\/[a-z]*$/, '$1')}'`;

/** The wording of the published API's framework for one broken rule; a value is shown only where it is a bare id. */
const issueText = (issue: Issue, part: Part): string => {
  const field = issue.path.join('.');
  const subject = `${field === '' ? part.name : field} in ${part.place}`;
  const value = at(part.value, issue.path);
  switch (issue.code) {
    case 'unrecognized_keys':
      return part.place === 'body'
        ? undecodable(part, `json: unknown field ${JSON.stringify(issue.keys[0])}`)
        : `${issue.keys[0]} in ${part.place} is not a parameter of this operation`;
    case 'invalid_type':
      if (isAbsent(value)) return `${subject} is required`;
      return part.place === 'body'
        ? undecodable(part, `json: cannot unmarshal ${goKind(value)} into field ${field} of type ${issue.expected}`)
        : `${subject} must be of type ${issue.expected}`;
    case 'invalid_value':
      return isAbsent(value) ? `${subject} is required` : `${subject} should be one of [${issue.values.join(' ')}]`;
    case 'too_big':
    case 'too_small':
      return `${subject} ${limitText(issue)}`;
    case 'invalid_format':
      return `${subject} ${formatText(issue, value)}`;
    default:
      return `${subject} is not valid: ${issue.message}`;
  }
};

/** Decoding comes before validation, so a body of the wrong types is told so first. */
const isDecoding = (issue: Issue, part: Part): boolean =>
  issue.code === 'unrecognized_keys' || (issue.code === 'invalid_type' && !isAbsent(at(part.value, issue.path)));

/** The 400 for a part of a request that breaks its schema: the first broken rule, as the published API reports it. */
export const partRefusal = (issues: readonly Issue[], part: Part): RequestError => {
  const first = issues.find((issue) => isDecoding(issue, part)) ?? issues[0];
  return new RequestError(400, first === undefined ? `${part.name} is not valid` : issueText(first, part));
};

export const bodyMissing = (name: string): RequestError => new RequestError(400, `${name} in body is required`);

// Not the parser's own words: they quote the text, which may hold a secret.
export const bodyNotJson = (name: string): RequestError =>
  new RequestError(400, `parsing ${name} body from "" failed, because the text is not JSON`);

export const mediaTypeRefusal = (contentType: string): RequestError =>
  new RequestError(400, `unsupported media type ${JSON.stringify(contentType)}, only [application/json] are allowed`);
