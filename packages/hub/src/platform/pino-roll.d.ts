/** What of pino-roll is used here; it brings no types of its own. */
declare module 'pino-roll' {
  import type { DestinationStream } from 'pino';

  interface RollOptions {
    /** Path without number and extension. */
    readonly file: string;
    readonly extension: string;
    /** `8k`, `5m`. */
    readonly size: string;
    readonly limit: { readonly count: number; readonly removeOtherLogFiles: boolean };
    readonly sync: boolean;
    readonly maxLength: number;
  }
  interface RollStream extends DestinationStream {
    on(event: 'error', listener: (error: Error) => void): this;
    once(event: 'close', listener: () => void): this;
    destroy(): void;
  }
  function roll(options: RollOptions): Promise<RollStream>;
  export = roll;
}
