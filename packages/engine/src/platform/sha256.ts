import { hash } from 'node:crypto';
import type { Sha256 } from '@aufruf/shared/lib/hash';

/** Node's own; a simulation needs the real one too, since chains are compared. */
export const sha256: Sha256 = (text) => hash('sha256', text, 'hex');
