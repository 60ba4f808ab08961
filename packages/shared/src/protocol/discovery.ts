/**
 * How a device that is being set up finds hubs in its network: it broadcasts a question by UDP, each hub answers with
 * its port and its location's name. A convenience only: nothing is trusted because of it; a person chooses, and the hub
 * is then asked at its address like any other.
 */
import { z } from 'zod';
import { localizedTextSchema } from '../i18n/languages.ts';

/** UDP, whatever port the hub's web server has. */
export const DISCOVERY_PORT = 4700;
/**
 * Size of a question in bytes, and the most an answer may have: so that nobody can make a hub send somebody else more
 * than was sent to it.
 */
export const DISCOVERY_BYTES = 1_200;
export const DISCOVERY_QUESTION = 'aufruf-who-is-there-1'.padEnd(DISCOVERY_BYTES, '.');

export const discoveryAnswerSchema = z.object({
  format: z.literal('aufruf-hub-1'),
  /** Of the web server. */
  port: z.int().min(1).max(65_535),
  location: localizedTextSchema,
});
export type DiscoveryAnswer = z.infer<typeof discoveryAnswerSchema>;
