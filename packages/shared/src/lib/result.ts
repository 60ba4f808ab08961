/** An expected outcome: a value, or a refusal that names itself in `type`. Bugs throw; refusals are returned. */
export type Result<T, R extends { readonly type: string }> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly refusal: R };

export const ok = <T>(value: T): { readonly ok: true; readonly value: T } => ({ ok: true, value });

export const refuse = <R extends { readonly type: string }>(
  refusal: R,
): { readonly ok: false; readonly refusal: R } => ({ ok: false, refusal });
