import { Button } from '@patternfly/react-core';
import { useRef, useState } from 'react';

/** Bytes; no setting takes more. */
const longest = 4 * 1024 * 1024;

interface Props {
  /** Of the field that gets the text. */
  readonly label: string;
  /** On the button. */
  readonly text?: string;
  readonly read: (text: string) => void;
}

export const FromFile = ({ label, text = 'Read from a file', read }: Props) => {
  const input = useRef<HTMLInputElement>(null);
  const [problem, setProblem] = useState<string>();
  const choose = async (files: FileList | null) => {
    const file = files?.[0];
    const isTooLarge = file !== undefined && file.size > longest;
    setProblem(isTooLarge ? `${file.name} has more than 4 MiB: no setting is that large` : undefined);
    if (file !== undefined && !isTooLarge) read(await file.text());
    if (input.current !== null) input.current.value = '';
  };
  return (
    <>
      <input
        ref={input}
        type="file"
        hidden
        aria-label={`${label}, from a file`}
        onChange={(event) => choose(event.target.files)}
      />
      <Button variant="link" size="sm" isInline className="ove-file" onClick={() => input.current?.click()}>
        {text}
      </Button>
      {problem !== undefined && <span role="alert">{problem}</span>}
    </>
  );
};
