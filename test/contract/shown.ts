const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Whether an answer's value has all that was sent; what only the sender says of a VIP or a network is not kept. */
const holds = (shown: unknown, sent: unknown): boolean => {
  if (Array.isArray(sent)) {
    return Array.isArray(shown) && sent.every((item, index) => holds(shown[index], item));
  }
  if (!isRecord(sent)) return shown === sent;
  const told = Object.entries(sent).filter(([name]) => !['cluster_id', 'verification'].includes(name));
  return isRecord(shown) && told.every(([name, value]) => holds(shown[name], value));
};

type Answer = Readonly<Record<string, unknown>>;

/** Where the answer shows a setting under another name or in another form (assisted-service API). */
const elsewhere: Readonly<Record<string, (answer: Answer, sent: unknown) => boolean>> = {
  pull_secret: ({ pull_secret_set }) => pull_secret_set === true,
  openshift_version: ({ openshift_version }, sent) => String(openshift_version).startsWith(String(sent)),
  machine_network_cidr: ({ machine_networks }, cidr) => holds(machine_networks, [{ cidr }]),
  olm_operators: ({ monitored_operators }, sent) =>
    Array.isArray(monitored_operators) &&
    Array.isArray(sent) &&
    sent.every(({ name }) => monitored_operators.some((operator) => operator.name === name)),
  image_type: ({ type }, sent) => type === sent,
  static_network_config: ({ static_network_config }, sent) => holds(JSON.parse(String(static_network_config)), sent),
  kernel_arguments: ({ kernel_arguments }, sent) => holds(JSON.parse(String(kernel_arguments)), sent),
};

/** Whether an answer shows what was asked for. */
export const isShown = (answer: Answer, name: string, sent: unknown): boolean =>
  elsewhere[name]?.(answer, sent) ?? holds(answer[name], sent);
