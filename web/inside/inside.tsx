import { Alert, PageSection, Spinner, TextInput, Title } from '@patternfly/react-core';
import { useEffect, useState } from 'react';
import { call, readText } from '../api/call.ts';
import type { InfraEnv } from '../api/infra-envs.ts';
import { reasonOf } from '../api/refusal.ts';
import { addressOf } from '../shell/place.ts';
import { draftOf } from '../wizard/draft/draft-of-iso.ts';
import { contentsOf, type Item } from './contents.ts';
import { ItemDetails, originText } from './item-details.tsx';
import { originsOf } from './origins.ts';
import { type Changes, changesOf } from './revisions.ts';
import { WhatChanged } from './what-changed.tsx';

interface Contents {
  readonly infraEnv: InfraEnv;
  readonly kernelArguments: string;
  readonly items: readonly (Item & { readonly origins: readonly string[] })[];
  readonly changes: Changes | undefined;
}

const read = async (id: string): Promise<Contents> => {
  const path = `/v2/infra-envs/${id}`;
  const infraEnv = await call<'GetInfraEnv'>({ method: 'GET', path });
  const [ignition, draft] = await Promise.all([readText(`${path}/downloads/ignition`), draftOf(infraEnv)]);
  const ofItem = originsOf(draft);
  const contents = contentsOf(ignition);
  return {
    infraEnv,
    kernelArguments: draft.texts.kernel_arguments,
    items: contents.map((item) => ({ ...item, origins: ofItem(item) })),
    changes: changesOf(id, infraEnv.updated_at, contents),
  };
};

const kinds = [
  ['file', 'Files'],
  ['unit', 'Units'],
] as const;

const Shown = ({ infraEnv, kernelArguments, items, changes }: Contents) => {
  const [wanted, setWanted] = useState('');
  const found = items.filter(({ name, origins }) => `${name} ${originText(origins)}`.includes(wanted));
  return (
    <>
      <p className="ove-inside-lead">
        What the ignition of {infraEnv.openshift_version} puts on each host, and where it comes from.{' '}
        <a href={addressOf({ name: 'edit', id: infraEnv.id })}>Edit the settings</a>
      </p>
      {changes !== undefined && <WhatChanged {...changes} />}
      <Title headingLevel="h2" size="lg">
        Kernel arguments
      </Title>
      <p>{kernelArguments === '' ? 'None but those that the ISO has.' : <code>{kernelArguments}</code>}</p>
      <TextInput
        type="search"
        aria-label="Show only what has this in its name or origin"
        placeholder="Part of a name, or a setting"
        value={wanted}
        onChange={(_, text) => setWanted(text)}
        className="ove-search"
      />
      {kinds.map(([kind, title]) => {
        const ofKind = found.filter((item) => item.kind === kind);
        return (
          <section key={kind} aria-label={title}>
            <Title headingLevel="h2" size="lg">
              {title} <span className="ove-quiet">{ofKind.length}</span>
            </Title>
            {ofKind.map((item) => (
              <ItemDetails key={item.name} item={item} origins={item.origins} />
            ))}
          </section>
        );
      })}
    </>
  );
};

/** What is inside the ISO of this id. */
const Inside = ({ id }: { readonly id: string }) => {
  const [contents, setContents] = useState<Contents>();
  const [problem, setProblem] = useState<string>();
  useEffect(() => {
    read(id).then(setContents, (error: unknown) => setProblem(reasonOf(error)));
  }, [id]);
  return (
    <PageSection isWidthLimited className="ove-section ove-inside">
      <Title headingLevel="h1">Inside {contents?.infraEnv.name ?? 'an ISO'}</Title>
      {problem !== undefined && <Alert variant="danger" isInline title={problem} />}
      {problem === undefined && contents === undefined && <Spinner aria-label="Reading the ignition" />}
      {contents !== undefined && <Shown {...contents} />}
    </PageSection>
  );
};

export default Inside;
