import { TextArea, TextInput } from '@patternfly/react-core';
import type { ReactNode } from 'react';
import type { TextField as Name } from '../draft/draft.ts';
import { useForm } from '../form.ts';
import { FromFile } from './from-file.tsx';
import { helpId, Labelled } from './labelled.tsx';

interface Props {
  readonly name: Name;
  readonly label: string;
  readonly help?: ReactNode;
  readonly placeholder?: string;
  readonly isRequired?: boolean;
  readonly isDisabled?: boolean;
  readonly type?: 'text' | 'password' | 'number';
  /** A text of several lines, of which so many are seen. */
  readonly rows?: number;
  /** Whether its text can be read from a file. */
  readonly file?: boolean;
}

export const TextField = ({ name, label, help, type = 'text', rows, file = false, ...rest }: Props) => {
  const { draft, problems, isVisited, setText, visit } = useForm();
  const problem = isVisited(name) ? problems.get(name) : undefined;
  const own = {
    id: name,
    value: draft.texts[name],
    validated: problem === undefined ? ('default' as const) : ('error' as const),
    onChange: (_: unknown, text: string) => setText(name, text),
    onBlur: () => visit([name]),
    'aria-describedby': helpId(name),
    spellCheck: false,
    autoComplete: 'off',
    ...rest,
  };
  const read = (text: string) => {
    setText(name, text);
    visit([name]);
  };
  return (
    <Labelled id={name} label={label} help={help} problem={problem} isRequired={rest.isRequired ?? false}>
      {rows === undefined ? (
        <TextInput type={type} {...own} />
      ) : (
        <TextArea rows={rows} resizeOrientation="vertical" {...own} />
      )}
      {file && <FromFile label={label} read={read} />}
    </Labelled>
  );
};
