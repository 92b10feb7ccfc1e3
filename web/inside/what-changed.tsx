import type { Changes } from './revisions.ts';

const dateOf = (time: string): string =>
  new Date(time).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' });

/** How the ISO differs from its revision before. */
export const WhatChanged = ({ since, added, changed, removed }: Changes) => {
  const rows = [
    ...changed.map((name) => ({ name, what: 'changed' })),
    ...added.map((name) => ({ name, what: 'new' })),
    ...removed.map((name) => ({ name, what: 'gone' })),
  ];
  return (
    <section aria-label="What changed" className="ove-changes">
      <p>
        {rows.length === 0 ? 'Nothing but secrets may have changed' : 'Changed'} since the revision of {dateOf(since)}
        {rows.length === 0 ? '.' : ', secrets aside:'}
      </p>
      {rows.length > 0 && (
        <ul>
          {rows.map(({ name, what }) => (
            <li key={name}>
              <code>{name}</code> {what}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
};
