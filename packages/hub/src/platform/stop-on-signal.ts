/** How the process of a hub ends: in good order and with exit code 0, whoever asks for it. */

/** However slow the disk or a client: after so long the process ends. Nothing committed is lost by it. */
const STOP_WITHIN_MS = 1_800;
/** Signals so close to each other are one press. */
const SAME_PRESS_MS = 300;

/** Runs `stop` at the first signal, then ends the process; at a second one it ends at once. For composition roots. */
export function stopOnSignal(stop: () => Promise<void>): void {
  let stoppingSinceMs: number | null = null;
  const onSignal = async (): Promise<void> => {
    const nowMs = performance.now();
    if (stoppingSinceMs !== null) {
      // Who presses Ctrl-C again does not want to wait. The same press can also arrive twice: once from the terminal,
      // once handed on by npm.
      if (nowMs - stoppingSinceMs > SAME_PRESS_MS) process.exit(0);
      return;
    }
    stoppingSinceMs = nowMs;
    setTimeout(() => process.exit(0), STOP_WITHIN_MS).unref();
    await stop();
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void onSignal());
}
