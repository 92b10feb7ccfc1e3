import { useSyncExternalStore } from 'react';

/** Where in the page somebody is. It is behind the `#` of the address: the server knows one address alone. */
export type Place =
  | { readonly name: 'list' }
  | { readonly name: 'new' }
  | { readonly name: 'edit' | 'inside'; readonly id: string };

const placeOf = (hash: string): Place => {
  const [, name, id] = /^#\/(edit|inside)\/([\w-]+)$/.exec(hash) ?? [];
  if (id !== undefined) return { name: name === 'edit' ? 'edit' : 'inside', id };
  return { name: hash === '#/new' ? 'new' : 'list' };
};

export const addressOf = (place: Place): string => {
  if (place.name === 'list') return '#/';
  return 'id' in place ? `#/${place.name}/${place.id}` : `#/${place.name}`;
};

export const goTo = (place: Place): void => {
  location.hash = addressOf(place);
};

const subscribe = (changed: () => void) => {
  addEventListener('hashchange', changed);
  return () => removeEventListener('hashchange', changed);
};

export const usePlace = (): Place => placeOf(useSyncExternalStore(subscribe, () => location.hash));
