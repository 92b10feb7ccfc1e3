import { Template } from 'aws-cdk-lib/assertions';
import { synthesizeTemplate } from '#cdk/build-app.ts';

export const jwtContext = { jwtIssuer: 'https://issuer.example/realm', jwtAudience: 'ove, cli' };

/** The template that CloudFormation would get, without bundling anything. */
export const synthesize = (context: Readonly<Record<string, unknown>> = {}): Template =>
  Template.fromJSON(synthesizeTemplate(context));

export interface Resource {
  readonly Type: string;
  // biome-ignore lint/suspicious/noExplicitAny: CloudFormation's properties have no types here; a wrong path fails the test.
  readonly Properties: any;
  readonly Metadata?: Readonly<Record<string, unknown>>;
  readonly DeletionPolicy?: string;
}

export const resourcesOf = (template: Template, type: string): [logicalId: string, resource: Resource][] =>
  Object.entries(template.findResources(type)).map(([id, resource]) => [id, resource as Resource]);

/** The only resource of a type whose logical id starts like this. */
export const only = (template: Template, type: string, idPrefix = ''): [logicalId: string, resource: Resource] => {
  const found = resourcesOf(template, type).filter(([id]) => id.startsWith(idPrefix));
  const [first] = found;
  if (first === undefined || found.length > 1) throw new Error(`${found.length} resources ${type} ${idPrefix}`);
  return first;
};

/** `{Fn::GetAtt: [Table, Arn]}` → `Table.Arn`; joins are joined; hashes of logical ids stay. */
export const flat = (value: unknown): string => {
  if (typeof value === 'string') return value;
  const node = value as { Ref?: string; 'Fn::GetAtt'?: string[]; 'Fn::Join'?: [string, unknown[]] };
  if (node.Ref !== undefined) return node.Ref;
  if (node['Fn::GetAtt'] !== undefined) return node['Fn::GetAtt'].join('.');
  if (node['Fn::Join'] !== undefined) return node['Fn::Join'][1].map(flat).join(node['Fn::Join'][0]);
  throw new Error(`not a reference: ${JSON.stringify(value)}`);
};
