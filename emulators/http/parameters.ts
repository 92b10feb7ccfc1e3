import * as z from 'zod';
import { serviceException } from './aws-json.ts';

/** The parameters of a call to a stand-in. @throws ServiceException ValidationException */
export const parameters = <Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> => {
  const result = schema.safeParse(input);
  if (!result.success) throw serviceException('ValidationException', z.prettifyError(result.error));
  return result.data;
};
