import { createContext, useContext, useMemo, useState } from 'react';
import type { InfraEnv } from '../api/infra-envs.ts';
import type { Draft, Field, TextField } from './draft/draft.ts';
import { keepDraft } from './draft/draft-store.ts';
import { type Problems, problemsOf } from './draft/problems.ts';
import type { ManifestDraft } from './manifests/manifest-draft.ts';
import type { HostDraft } from './network/host-draft.ts';

export interface Form {
  readonly draft: Draft;
  /** What is changed; undefined where an ISO is made. */
  readonly infraEnv: InfraEnv | undefined;
  /** The draft before anybody changed it. */
  readonly before: Draft;
  readonly problems: Problems;
  readonly setText: (field: TextField, text: string) => void;
  readonly setHosts: (hosts: readonly HostDraft[]) => void;
  readonly setManifests: (manifests: readonly ManifestDraft[]) => void;
  /** From now on these show what is wrong with them: somebody has been there. */
  readonly visit: (fields: readonly Field[]) => void;
  readonly isVisited: (field: Field) => boolean;
  /** What the service said against the draft; it stays until the field is changed. */
  readonly refuse: (reasons: Problems) => void;
}

const FormContext = createContext<Form | undefined>(undefined);
export const FormProvider = FormContext.Provider;

/** @throws Error outside of a form */
export const useForm = (): Form => {
  const form = useContext(FormContext);
  if (form === undefined) throw new Error('there is no form around this');
  return form;
};

const without = (reasons: Problems, isChanged: (field: Field) => boolean): Problems =>
  new Map([...reasons].filter(([field]) => !isChanged(field)));

const isOfHosts = (field: Field): boolean => field === 'static_network_config' || field.startsWith('host ');

/** What somebody does to a draft, and what the rules say of it. */
export const useNewForm = (start: Draft, infraEnv: InfraEnv | undefined): Form => {
  const [draft, setDraft] = useState(start);
  const [visited, setVisited] = useState<ReadonlySet<Field>>(new Set());
  const [refused, setRefused] = useState<Problems>(new Map());
  const own = useMemo(() => problemsOf(draft, infraEnv !== undefined), [draft, infraEnv]);
  const change = (next: Draft, isChanged: (field: Field) => boolean) => {
    setDraft(next);
    setRefused(without(refused, isChanged));
    if (infraEnv === undefined) keepDraft(next);
  };
  return {
    draft,
    infraEnv,
    before: start,
    problems: new Map([...refused, ...own]),
    setText: (field, text) =>
      change({ ...draft, texts: { ...draft.texts, [field]: text } }, (changed) => changed === field),
    setHosts: (hosts) => change({ ...draft, hosts }, isOfHosts),
    setManifests: (manifests) => change({ ...draft, manifests }, (changed) => changed === 'manifests'),
    visit: (fields) => setVisited((before) => new Set([...before, ...fields])),
    isVisited: (field) => visited.has(field),
    refuse: (reasons) => {
      setRefused(reasons);
      setVisited((before) => new Set([...before, ...reasons.keys()]));
    },
  };
};
