import type { Resource } from '#local/template/template.ts';

const keys = (partition: string, sort: string) => [
  { AttributeName: partition, KeyType: 'HASH' },
  { AttributeName: sort, KeyType: 'RANGE' },
];

const names = ['pk', 'sk', 'ownerKey', 'createdAt', 'clusterKey', 'monitorShard', 'monitorAt'];

/** The one table as its template describes it. */
export const table: Resource = {
  logicalId: 'Table',
  ref: 'ove-ignition-table',
  metadata: {},
  properties: {
    AttributeDefinitions: names.map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
    KeySchema: keys('pk', 'sk'),
    GlobalSecondaryIndexes: [
      { IndexName: 'by-owner', KeySchema: keys('ownerKey', 'createdAt'), Projection: { ProjectionType: 'ALL' } },
      { IndexName: 'by-cluster', KeySchema: keys('clusterKey', 'createdAt'), Projection: { ProjectionType: 'ALL' } },
      {
        IndexName: 'monitored',
        KeySchema: keys('monitorShard', 'monitorAt'),
        Projection: { ProjectionType: 'KEYS_ONLY' },
      },
    ],
    TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
  },
};
