import { planSplice, type SplicePlan } from '#domain/composition/splice-plan.ts';

/** AWS list prices of us-east-1 in USD, 2026. */
const prices = {
  /** PUT, COPY, POST or LIST request. */
  write: 0.005 / 1000,
  /** GET or HEAD request. */
  read: 0.0004 / 1000,
  /** State transition of a Standard execution. */
  transition: 0.025 / 1000,
  /** GB-second of Lambda on arm64. */
  gigabyteSecond: 0.0000133334,
  invocation: 0.2 / 1_000_000,
  /** GB for a month, S3 Standard. */
  gigabyteMonth: 0.023,
};

const daysKept = 2;
/** Of the iso function, with 1 GB of memory: plan, upload and complete. */
const invocations = 3;
/** An assumption, and a high one: what they take together besides moving content. */
const overheadSeconds = 6;
/** Between S3 and one Lambda function. */
const bytesPerSecond = 70_000_000;
/** GenerateIgnition to Done, besides the copies. */
const transitions = 10;
/** Create, complete and a list of the parts for every 1,000 of them; what is looked up: ignitions, objects, ranges. */
const [otherWrites, otherReads] = [4, 12];

/** What composing one ISO costs, part by part, in USD. Egress is the same for every way of serving it, and left out. */
export const costOf = (plan: SplicePlan) => {
  const size = plan.at(-1)?.end ?? 0;
  const copies = plan.filter(({ kind }) => kind === 'copy').length;
  const uploads = plan.filter(({ kind }) => kind === 'upload');
  const uploaded = uploads.reduce((sum, { start, end }) => sum + end - start, 0);
  const lambdaSeconds = overheadSeconds + (2 * uploaded) / bytesPerSecond;
  const parts = {
    requests: (plan.length + otherWrites) * prices.write + (uploads.length + otherReads) * prices.read,
    transitions: (copies + transitions) * prices.transition,
    lambda: lambdaSeconds * prices.gigabyteSecond + invocations * prices.invocation,
    storage: ((size / 1e9) * prices.gigabyteMonth * daysKept) / 30,
  };
  return { ...parts, total: Object.values(parts).reduce((sum, cost) => sum + cost, 0) };
};

/** Where an OVE ISO has its embed areas: two boot loaders at the front, the ignition further back. */
const places = (size: number) => [
  { offset: 1_000_000, length: 1137 },
  { offset: 40_000_000, length: 1137 },
  { offset: Math.floor(size / 2), length: 262_144 },
];

export const usualPlan = (size: number): SplicePlan => planSplice({ size, patches: places(size) });
