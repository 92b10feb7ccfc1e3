import { Alert, Button, EmptyState, EmptyStateBody, PageSection, Spinner } from '@patternfly/react-core';
import { type ReactNode, useState } from 'react';
import { reasonOf } from '../api/refusal.ts';
import type { Session } from './use-session.ts';

const SignIn = ({ begin, problem }: { readonly begin: () => Promise<void>; readonly problem: string | undefined }) => {
  const [failure, setFailure] = useState(problem);
  const leave = () => begin().catch((error: unknown) => setFailure(reasonOf(error)));
  return (
    <EmptyState titleText="Sign in to make ISOs" headingLevel="h1">
      {failure !== undefined && (
        <Alert component="h2" variant="danger" isInline title="Nobody was signed in">
          {failure}
        </Alert>
      )}
      <EmptyStateBody>ISOs hold keys and pull secrets, so each person sees their own.</EmptyStateBody>
      <Button onClick={leave}>Sign in</Button>
    </EmptyState>
  );
};

interface Props {
  readonly session: Session;
  readonly children: ReactNode;
}

/** Shows the page to whoever may use it. */
export const SignedIn = ({ session, children }: Props) => {
  if (session.name === 'in') return <>{children}</>;
  return (
    <PageSection isWidthLimited>
      {session.name === 'checking' && <Spinner aria-label="Loading" />}
      {session.name === 'out' && <SignIn begin={session.begin} problem={session.problem} />}
      {session.name === 'impossible' && (
        <Alert component="h2" variant="info" isInline title="Nobody can sign in here">
          {session.reason}
        </Alert>
      )}
    </PageSection>
  );
};
