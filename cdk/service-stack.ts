import { type App, CfnOutput, Stack } from 'aws-cdk-lib/core';
import { createAlarms } from './alarms.ts';
import { createHttpApi } from './api.ts';
import { createApiFunction, createDownloadsFunction } from './api-functions.ts';
import type { Authentication } from './authentication.ts';
import { createDashboard } from './dashboard.ts';
import type { Settings } from './deployment-settings.ts';
import { createIgnitionFunction } from './ignition-image.ts';
import { createIsoFunction } from './iso-function.ts';
import { createMonitoring } from './monitoring.ts';
import { createWorkflows } from './state-machines.ts';
import { createStorage } from './storage.ts';

/** What an operator's command, which knows the stack by name, has to find. */
const addOutputs = (stack: Stack, outputs: Readonly<Record<string, string>>): void => {
  for (const [name, value] of Object.entries(outputs)) new CfnOutput(stack, name, { value });
};

/** The whole service in one stack, for any account and region. */
export const createServiceStack = (app: App, settings: Settings, authentication: Authentication): Stack => {
  const stack = new Stack(app, settings.stackName, {
    description: 'ove-ignition: the settings of OVE ISOs as ignitions',
    analyticsReporting: false,
  });
  const storage = createStorage(stack);
  const ignition = createIgnitionFunction(stack, { storage, settings });
  const iso = createIsoFunction(stack, storage, settings);
  const workflows = createWorkflows(stack, { storage, ignition, iso });
  const access = { settings, authentication };
  const api = createApiFunction(stack, { storage, workflows, ignition, access });
  const downloads = createDownloadsFunction(stack, { storage, ignition, workflows, access });
  const { httpApi, serverErrors } = createHttpApi(stack, { authentication, api, downloads });
  const monitor = createMonitoring(stack, storage, workflows);
  const watched = { httpApi, serverErrors, ignition, monitor, ...workflows };
  createAlarms(stack, watched, settings.alarmTopicArn);
  createDashboard(stack, watched);
  addOutputs(stack, {
    ApiUrl: httpApi.apiEndpoint,
    TableName: storage.table.tableName,
    ArtifactsBucket: storage.artifacts.bucketName,
    ReleasesBucket: storage.releases.bucketName,
  });
  return stack;
};
