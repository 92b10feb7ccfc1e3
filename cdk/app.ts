import { Validations } from 'aws-cdk-lib/core';
import { AwsSolutionsChecks } from 'cdk-nag';
import { buildApp } from './build-app.ts';

/** What the CDK's command line runs: the app, held to the rules of cdk-nag. */
const { app } = buildApp();
Validations.of(app).addPlugins(new AwsSolutionsChecks(app, { verbose: true }));
app.synth();
