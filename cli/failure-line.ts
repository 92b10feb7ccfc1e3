import { CommandFailure } from '#adapters/command-failure.ts';

const codeOf = (error: unknown): string => {
  const codes = error instanceof AggregateError ? error.errors : [error];
  const found = codes.find((each) => each instanceof Error && 'code' in each && typeof each.code === 'string');
  return found === undefined ? '' : String(found.code);
};

/** What a person can do about failures that others name: by the error's name or its system code. */
const advice: Readonly<Record<string, string>> = {
  CredentialsProviderError: 'set AWS_PROFILE, or log in with `aws sso login`',
  ExpiredToken: 'log in to AWS again',
  ExpiredTokenException: 'log in to AWS again',
  ECONNREFUSED: 'is it running? Start the local stack with `npm start`',
  ENOSPC: 'set TMPDIR to a folder with more room',
  EDQUOT: 'set TMPDIR to a folder with more room',
  NoSuchBucket: 'deploy the stack again, or start the local one with `npm start`',
  ResourceNotFoundException: 'deploy the stack again, or start the local one with `npm start`',
};

const adviceFor = (error: Error): string => {
  if (error.message === 'Region is missing') return 'set AWS_REGION';
  return advice[error.name] ?? advice[codeOf(error)] ?? '';
};

const messageOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  if (error instanceof CommandFailure) return error.message;
  const message = error.message || codeOf(error) || error.name;
  const hint = adviceFor(error);
  return hint === '' ? message : `${message}: ${hint}`;
};

/** The one line that the operator is shown of a failure of the program, by its name behind `ove`. */
export const failureLine = (error: unknown, program = 'release'): string =>
  `${program}: ${messageOf(error).replaceAll(/\s+/g, ' ').trim()}`;
