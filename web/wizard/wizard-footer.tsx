import { Button, useWizardContext, WizardFooterWrapper } from '@patternfly/react-core';
import { useState } from 'react';
import { reasonOf } from '../api/refusal.ts';
import { goTo } from '../shell/place.ts';
import { forgetDraft } from './draft/draft-store.ts';
import { refusedFields } from './draft/refused-fields.ts';
import { useForm } from './form.ts';
import { save } from './save.ts';
import { stepOf, steps } from './steps/step.ts';

const useSaving = () => {
  const { draft, infraEnv, before, problems, refuse, visit } = useForm();
  const { goToStepById } = useWizardContext();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();

  /** To the first step where something is to be mended. */
  const show = (fields: Iterable<Parameters<typeof stepOf>[0]>) => {
    const wrong = new Set([...fields].map((field) => stepOf(field, draft)));
    const first = steps.find((step) => wrong.has(step));
    visit([...fields]);
    if (first !== undefined) goToStepById(first.id);
  };

  const send = async () => {
    setBusy(true);
    try {
      await save(draft, infraEnv && { infraEnv, before });
      if (infraEnv === undefined) forgetDraft();
      goTo({ name: 'list' });
    } catch (error) {
      const { byField, rest } = refusedFields(reasonOf(error), draft);
      refuse(byField);
      setProblem(rest);
      setBusy(false);
      show(byField.keys());
    }
  };

  return { busy, problem, finish: () => (problems.size > 0 ? show(problems.keys()) : send()) };
};

/** Nobody goes on from what is wrong, and nothing is sent that the rules refuse. */
export const WizardFooter = () => {
  const { activeStep, goToNextStep, goToPrevStep, close } = useWizardContext();
  const { draft, infraEnv, problems, visit } = useForm();
  const { busy, problem, finish } = useSaving();
  const step = steps.find(({ id }) => id === activeStep.id);
  const next = () => {
    const fields = step?.fields(draft) ?? [];
    visit(fields);
    if (!fields.some((field) => problems.has(field))) goToNextStep();
  };
  return (
    <WizardFooterWrapper>
      {problem !== undefined && (
        <p className="ove-error ove-problem" role="alert">
          {problem}
        </p>
      )}
      <div className="ove-actions">
        <Button variant="secondary" onClick={() => goToPrevStep()} isDisabled={step === steps[0] || busy}>
          Back
        </Button>
        {step === undefined ? (
          <Button onClick={finish} isLoading={busy} isDisabled={busy}>
            {infraEnv === undefined ? 'Make the ISO' : 'Save'}
          </Button>
        ) : (
          <Button onClick={next}>Next</Button>
        )}
        <Button variant="link" onClick={() => close()}>
          Cancel
        </Button>
      </div>
    </WizardFooterWrapper>
  );
};
