import { Alert, Button, PageSection, Pagination, Spinner, Title } from '@patternfly/react-core';
import { useCallback, useEffect, useState } from 'react';
import { type InfraEnv, listIsos } from '../api/infra-envs.ts';
import { reasonOf } from '../api/refusal.ts';
import { addressOf } from '../shell/place.ts';
import { FirstSteps } from './first-steps.tsx';
import { IsoTable } from './iso-table.tsx';

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
        <Pagination
          itemCount={isos.length}
          perPage={perPage}
          page={shown}
          perPageOptions={[]}
          onSetPage={(_, next) => setPage(next)}
          variant="bottom"
          isStatic
        />
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
