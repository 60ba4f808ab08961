/** The bridge on socket.io: event names and message shapes (web mode). */
import { z } from 'zod';
import { commandIdSchema } from '../lib/ids.ts';
import { SECOND_MS } from '../lib/time.ts';
import type { BridgeRefusal } from './bridge.ts';

/** One namespace per app: the role comes from it (rule 1). The station is asked for in the handshake and checked. */
export const BRIDGE_NAMESPACES = {
  kiosk: '/bridge/kiosk',
  display: '/bridge/display',
  clerk: '/bridge/counter',
  visitor: '/bridge/ticket',
} as const;

export const handshakeSchema = z.strictObject({
  bridgeVersion: z.int(),
  /** Kiosk or display id; absent = the first one of the location. */
  station: z.string().max(64).optional(),
  /** The page has just been opened, and knows nothing of what the one before it did; absent = it comes back. */
  isNewPage: z.boolean().optional(),
});

export type Handshake = z.infer<typeof handshakeSchema>;

export const callMessageSchema = z.strictObject({
  name: z.string().max(64),
  input: z.unknown(),
  commandId: commandIdSchema,
});
export const subscribeMessageSchema = z.strictObject({
  subscription: z.int().min(1).max(1_000_000),
  topic: z.string().max(64),
  params: z.unknown(),
});
export const unsubscribeMessageSchema = z.strictObject({ subscription: z.int().min(1).max(1_000_000) });

export interface BridgeClientToHost {
  'bridge:call': (message: z.infer<typeof callMessageSchema>, answer: (result: unknown) => void) => void;
  'bridge:subscribe': (message: z.infer<typeof subscribeMessageSchema>, answer: (result: unknown) => void) => void;
  'bridge:unsubscribe': (message: z.infer<typeof unsubscribeMessageSchema>) => void;
}
export interface WelcomeMessage {
  readonly station: string | null;
  /** Origin of the hub's pages, where the host is not the hub itself but a station. */
  readonly hubUrl: string | null;
  readonly hostAt: number;
}
export interface BridgeHostToClient {
  /** Sent instead of a welcome, before the host ends the connection: wrong version, or no such station. */
  'bridge:refused': (refusal: BridgeRefusal) => void;
  /** Which station the host bound this caller to; sent first after each connect. */
  'bridge:welcome': (message: WelcomeMessage) => void;
  'bridge:value': (message: { readonly subscription: number; readonly value: unknown }) => void;
}

/** A host pings every 2 s; a screen that hears nothing for so long takes the link for dead (M4). */
export const MAX_SILENCE_MS = 3 * SECOND_MS;
