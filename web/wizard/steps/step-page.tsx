import { Content, Form, Title } from '@patternfly/react-core';
import type { ReactNode } from 'react';

interface Props {
  readonly title: string;
  readonly text?: ReactNode;
  readonly children: ReactNode;
}

/** One step of the form. */
export const StepPage = ({ title, text, children }: Props) => (
  <>
    <Title headingLevel="h2" size="xl" className="ove-step-title">
      {title}
    </Title>
    {text !== undefined && <Content component="p">{text}</Content>}
    <Form onSubmit={(event) => event.preventDefault()} className="ove-form">
      {children}
    </Form>
  </>
);
