/** Why a command on a database cannot be done: for a person at a terminal, what is wrong and what to do. */
import { refuse } from '@aufruf/shared/lib/result';

export interface ToolRefusal {
  readonly type: 'tool';
  readonly line: string;
}

export const refuseTool = (line: string): { readonly ok: false; readonly refusal: ToolRefusal } =>
  refuse({ type: 'tool', line });
