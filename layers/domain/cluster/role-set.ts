/** A role of nodes whose settings and needs are answered. */
export type NodeRole = 'masters' | 'workers';

/** @param set `all`, `none`, or roles with commas between them */
export const hasRole = (set: string, role: NodeRole): boolean => set === 'all' || set.split(',').includes(role);
