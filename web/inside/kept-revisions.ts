/** One revision as this browser remembers it: of each item that is no secret, a part of its hash. */
export interface Revision {
  readonly updatedAt: string;
  readonly hashes: Readonly<Record<string, string>>;
}

export interface Kept {
  readonly last: Revision;
  readonly before?: Revision;
}

const keyOf = (id: string): string => `ove-ignition inside ${id}`;

export const keptOf = (id: string): Kept | undefined => {
  try {
    return JSON.parse(localStorage.getItem(keyOf(id)) ?? 'null') ?? undefined;
  } catch {
    return undefined;
  }
};

export const keep = (id: string, kept: Kept): void => {
  try {
    localStorage.setItem(keyOf(id), JSON.stringify(kept));
  } catch {
    // The browser keeps no more: then there is nothing to compare with.
  }
};

/** Of an ISO that is deleted. */
export const forgetRevisions = (id: string): void => localStorage.removeItem(keyOf(id));
