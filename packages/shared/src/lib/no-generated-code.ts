/**
 * To be imported before any schema is made: zod would otherwise try whether it may turn text into code, and pages whose
 * policy forbids that report the try as an attack.
 */
import { config } from 'zod';

config({ jitless: true });
