/**
 * What people saw, as the processes tell it the moment it happens: one JSON line each, written straight to the pipe, so
 * that a process killed right after it cannot take it back. The judge's only witness.
 */
import { writeSync } from 'node:fs';
import { z } from 'zod';
import { nowMs } from '../bench/clock.ts';

const id = z.string().min(1).max(64);
/** Who saw it: a kiosk, a counter, a display; `web` for a browser at the hub. */
const by = id;

export const recordSchema = z.discriminatedUnion('kind', [
  /** A number came out of a kiosk. */
  z.object({ kind: z.literal('printed'), by, visitId: id, number: id }),
  /** It is on record that somebody holds it. */
  z.object({ kind: z.literal('handedOver'), by, visitId: id }),
  /** A clerk pressed a button, and was told that it is done. */
  z.object({ kind: z.literal('confirmed'), by, name: id, commandId: id, visitId: id.nullable() }),
  /** A display put an announcement on its board, or took a call off. */
  z.object({ kind: z.literal('shown'), by, callId: id, number: id, announcement: z.int().min(1) }),
  z.object({ kind: z.literal('withdrawn'), by, callId: id }),
  /** A clerk or a kiosk was told that something could not be done. */
  z.object({ kind: z.literal('refused'), by, name: id, type: id }),
  /** A screen says how its device is connected. */
  z.object({ kind: z.literal('mode'), by, mode: id }),
]);

/** `atMs`: on the clock that all processes of the machine share. */
export const toldSchema = z.intersection(recordSchema, z.object({ atMs: z.number() }));

export type FaultRecord = z.infer<typeof recordSchema>;
type Told = z.infer<typeof toldSchema>;
/** `life`: counts the processes of the test, so that one that was started again is another. */
export type Seen = Told & { readonly life: number };
export type Tell = (record: FaultRecord) => void;

const STANDARD_OUTPUT = 1;

/** Not through a stream: what waits in a buffer would be lost with the process. */
export const tellParent: Tell = (record) => {
  writeSync(STANDARD_OUTPUT, `${JSON.stringify({ ...record, atMs: nowMs() })}\n`);
};
