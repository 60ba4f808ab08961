/** Waits, and keeps the process alive meanwhile: for commands that end by themselves, unlike a platform's timers. */
export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
