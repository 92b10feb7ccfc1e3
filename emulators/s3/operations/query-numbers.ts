/** Numbers in query parameters, with the bounds that S3 gives them. */
import { S3Error } from '../s3-errors.ts';
import { parameter, type Query } from '../s3-request.ts';

/** A page size: 1,000 unless a smaller one is asked for. Throws InvalidArgument. */
export const pageSize = (query: Query, name: string): number => {
  const text = parameter(query, name) ?? '';
  if (text === '') return 1000;
  if (!/^\d{1,9}$/.test(text)) throw new S3Error('InvalidArgument', `${name} must be a number from 0 to 2147483647.`);
  return Math.min(Number(text), 1000);
};

/** 1 to 10,000. Throws InvalidArgument. */
export const partNumber = (query: Query): number => {
  const text = parameter(query, 'partNumber') ?? '';
  const number = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (number >= 1 && number <= 10_000) return number;
  throw new S3Error('InvalidArgument', 'Part number must be an integer between 1 and 10000, inclusive', {
    ArgumentName: 'partNumber',
    ArgumentValue: text,
  });
};
