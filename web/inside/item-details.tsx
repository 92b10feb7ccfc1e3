import { Button, Label } from '@patternfly/react-core';
import { useState } from 'react';
import { inWords } from '../list/size.ts';
import type { Item } from './contents.ts';

const Text = ({ item: { name, text, isSecret } }: { readonly item: Item }) => {
  const [asked, setAsked] = useState(!isSecret);
  if (text === undefined) return <p className="ove-quiet">Bytes that are no text.</p>;
  if (text === '') return <p className="ove-quiet">It is empty.</p>;
  if (asked) return <pre className="ove-text">{text}</pre>;
  return (
    <p>
      ••••••••{' '}
      <Button variant="link" isInline onClick={() => setAsked(true)} aria-label={`Show the secret ${name}`}>
        Show the secret
      </Button>
    </p>
  );
};

const withoutOrigin = 'openshift-install';

export const originText = (origins: readonly string[]): string => origins.join(' ') || withoutOrigin;

/** One file or unit; its text is made when somebody opens it. */
export const ItemDetails = ({ item, origins }: { readonly item: Item; readonly origins: readonly string[] }) => {
  const [open, setOpen] = useState(false);
  return (
    <details className="ove-item" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <code>{item.name}</code>
        <span className="ove-item-facts">
          {item.kind === 'file' && <span className="ove-quiet">{inWords(item.size)}</span>}
          {(origins.length === 0 ? [withoutOrigin] : origins).map((origin) => (
            <Label key={origin} isCompact color={origin === withoutOrigin ? 'grey' : 'blue'}>
              {origin}
            </Label>
          ))}
        </span>
      </summary>
      {open && <Text item={item} />}
    </details>
  );
};
