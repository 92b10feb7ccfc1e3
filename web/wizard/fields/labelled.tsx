import { FormGroup, FormHelperText, HelperText, HelperTextItem } from '@patternfly/react-core';
import type { ReactNode } from 'react';

interface Props {
  readonly id: string;
  readonly label: string;
  readonly help?: ReactNode;
  readonly problem?: string | undefined;
  readonly isRequired?: boolean;
  readonly children: ReactNode;
}

export const helpId = (id: string): string => `${id}-help`;

/** A field with its name, what it is for and what is wrong with it. */
export const Labelled = ({ id, label, help, problem, isRequired = false, children }: Props) => (
  <FormGroup fieldId={id} label={label} isRequired={isRequired}>
    {children}
    <FormHelperText>
      <HelperText id={helpId(id)} aria-live="polite">
        {problem !== undefined && (
          <HelperTextItem variant="error" className="ove-problem">
            {problem}
          </HelperTextItem>
        )}
        {help !== undefined && <HelperTextItem>{help}</HelperTextItem>}
      </HelperText>
    </FormHelperText>
  </FormGroup>
);
