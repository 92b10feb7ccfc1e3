import { TextArea, type TextAreaProps } from '@patternfly/react-core';

/** Several lines for a machine to read. */
export const CodeArea = (own: Omit<TextAreaProps, 'ref'>) => (
  <TextArea className="ove-code" spellCheck={false} {...own} />
);
