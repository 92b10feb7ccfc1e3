import { type Guard, serviceException } from '../http/aws-json.ts';
import type { AccessControl } from './access-control.ts';
import type { AccessRequest } from './policy.ts';

/** Lets a service that speaks AWS JSON refuse what IAM does. Without access control everybody may do everything. */
export const iamGuard =
  (access: AccessControl | undefined, requestOf: (operation: string, input: unknown) => AccessRequest): Guard =>
  (caller, operation, input) => {
    const refusal = access?.refusal(caller, requestOf(operation, input));
    if (refusal !== undefined) throw serviceException('AccessDeniedException', refusal);
  };
