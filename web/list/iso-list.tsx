import { Alert, Button, PageSection, Spinner, Title } from '@patternfly/react-core';
import { lazy, Suspense, useCallback, useEffect, useState } from 'react';
import { type InfraEnv, listIsos } from '../api/infra-envs.ts';
import { reasonOf } from '../api/refusal.ts';
import { addressOf } from '../shell/place.ts';
import { FirstSteps } from './first-steps.tsx';
import { IsoTable } from './iso-table.tsx';

// What few lists need is loaded when one does: the first view does not wait for it.
const Pages = lazy(() => import('./pages.tsx'));

const perPage = 20;

const useIsos = () => {
  const [isos, setIsos] = useState<readonly InfraEnv[]>();
  const [problem, setProblem] = useState<string>();
  const read = useCallback(async () => {
    try {
      setIsos(await listIsos());
      setProblem(undefined);
    } catch (error) {
      setProblem(reasonOf(error));
    }
  }, []);
  useEffect(() => void read(), [read]);
  return { isos, problem, read };
};

const Failure = ({ reason, retry }: { readonly reason: string; readonly retry: () => void }) => (
  <Alert
    component="h2"
    variant="danger"
    isInline
    title="The ISOs cannot be listed"
    actionLinks={
      <Button variant="link" isInline onClick={retry}>
        Try again
      </Button>
    }
  >
    {reason}
  </Alert>
);

const Filled = ({ isos, read }: { readonly isos: readonly InfraEnv[]; readonly read: () => void }) => {
  const [page, setPage] = useState(1);
  // After a deletion there may be fewer pages than before.
  const shown = Math.min(page, Math.ceil(isos.length / perPage));
  return (
    <>
      <IsoTable isos={isos.slice((shown - 1) * perPage, shown * perPage)} changed={read} />
      {isos.length > perPage && (
        <Suspense>
          <Pages count={isos.length} perPage={perPage} page={shown} show={setPage} />
        </Suspense>
      )}
    </>
  );
};

/** Everything that somebody has made. */
export const IsoList = () => {
  const { isos, problem, read } = useIsos();
  return (
    <PageSection isWidthLimited className="ove-section">
      <div className="ove-heading">
        <Title headingLevel="h1">ISOs</Title>
        {isos !== undefined && isos.length > 0 && (
          <Button component="a" href={addressOf({ name: 'new' })}>
            Make an ISO
          </Button>
        )}
      </div>
      {problem !== undefined && <Failure reason={problem} retry={read} />}
      {problem === undefined && isos === undefined && <Spinner aria-label="Reading the list" />}
      {isos?.length === 0 && <FirstSteps />}
      {isos !== undefined && isos.length > 0 && <Filled isos={isos} read={read} />}
    </PageSection>
  );
};
