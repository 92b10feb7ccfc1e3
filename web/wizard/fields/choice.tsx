import { FormSelect, FormSelectOption } from '@patternfly/react-core';
import type { ReactNode } from 'react';
import type { TextField } from '../draft/draft.ts';
import { useForm } from '../form.ts';
import { helpId, Labelled } from './labelled.tsx';

interface Props {
  readonly name: TextField;
  readonly label: string;
  /** Each value with what it is called. */
  readonly options: readonly (readonly [value: string, label: string])[];
  readonly help?: ReactNode;
  readonly isRequired?: boolean;
  readonly isDisabled?: boolean;
}

export const Choice = ({ name, label, options, help, isRequired = false, isDisabled = false }: Props) => {
  const { draft, problems, isVisited, setText, visit } = useForm();
  const problem = isVisited(name) ? problems.get(name) : undefined;
  return (
    <Labelled id={name} label={label} help={help} problem={problem} isRequired={isRequired}>
      <FormSelect
        id={name}
        value={draft.texts[name]}
        isDisabled={isDisabled}
        isRequired={isRequired}
        validated={problem === undefined ? 'default' : 'error'}
        onChange={(_, value) => setText(name, value)}
        onBlur={() => visit([name])}
        aria-describedby={helpId(name)}
      >
        {options.map(([value, text]) => (
          <FormSelectOption key={value} value={value} label={text} />
        ))}
      </FormSelect>
    </Labelled>
  );
};
