import { Alert, Wizard as Frame, PageSection, Spinner, Title, WizardStep } from '@patternfly/react-core';
import { useEffect, useState } from 'react';
import { call, readText } from '../api/call.ts';
import type { InfraEnv } from '../api/infra-envs.ts';
import { reasonOf } from '../api/refusal.ts';
import { contentsOf } from '../inside/contents.ts';
import { changesOf } from '../inside/revisions.ts';
import { goTo } from '../shell/place.ts';
import type { Draft } from './draft/draft.ts';
import { draftOf } from './draft/draft-of-iso.ts';
import { keptDraft } from './draft/draft-store.ts';
import { FormProvider, useNewForm } from './form.ts';
import { Review } from './review/review.tsx';
import { steps } from './steps/step.ts';
import { WizardFooter } from './wizard-footer.tsx';

interface Beginning {
  readonly draft: Draft;
  readonly infraEnv?: InfraEnv;
}

const Steps = ({ draft, infraEnv }: Beginning) => {
  const form = useNewForm(draft, infraEnv);
  return (
    <FormProvider value={form}>
      <Frame isVisitRequired={infraEnv === undefined} footer={<WizardFooter />} onClose={() => goTo({ name: 'list' })}>
        {steps.map(({ id, name, Content }) => (
          <WizardStep key={id} id={id} name={name}>
            <Content />
          </WizardStep>
        ))}
        <WizardStep id="step-review" name="Review">
          <Review />
        </WizardStep>
      </Frame>
    </FormProvider>
  );
};

/** So that the page of what is inside can say what an edit has changed. */
const remember = async ({ id, updated_at }: InfraEnv): Promise<void> => {
  const ignition = await readText(`/v2/infra-envs/${id}/downloads/ignition`);
  changesOf(id, updated_at, contentsOf(ignition));
};

const beginningOf = async (id: string | undefined): Promise<Beginning> => {
  if (id === undefined) return { draft: keptDraft() };
  const infraEnv = await call<'GetInfraEnv'>({ method: 'GET', path: `/v2/infra-envs/${id}` });
  // An ignition that cannot be made is no reason against mending its settings.
  void remember(infraEnv).catch(() => undefined);
  return { draft: await draftOf(infraEnv), infraEnv };
};

/** Makes an ISO, or changes the one of this id. */
const Wizard = ({ id }: { readonly id: string | undefined }) => {
  const [beginning, setBeginning] = useState<Beginning>();
  const [problem, setProblem] = useState<string>();
  useEffect(() => {
    beginningOf(id).then(setBeginning, (error: unknown) => setProblem(reasonOf(error)));
  }, [id]);
  return (
    <>
      <PageSection className="ove-section">
        <Title headingLevel="h1">
          {beginning?.infraEnv === undefined ? 'Make an ISO' : `Edit ${beginning.infraEnv.name}`}
        </Title>
        {problem !== undefined && <Alert component="h2" variant="danger" isInline title={problem} />}
      </PageSection>
      <PageSection isFilled type="wizard" className="ove-wizard">
        {beginning === undefined ? problem === undefined && <Spinner aria-label="Loading" /> : <Steps {...beginning} />}
      </PageSection>
    </>
  );
};

export default Wizard;
