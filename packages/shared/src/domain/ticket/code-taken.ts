import type { Visit } from '../visit/visit.ts';

/** A code names one appointment a day; a cancelled one frees it. */
export const isCodeTaken = (visit: Visit | undefined): boolean => visit !== undefined && visit.state !== 'cancelled';
