/** From which all chance of a run follows, but for what the machine itself does; `npm run faults` takes another each time. */
export const SEED = Number(process.env.AUFRUF_FAULTS_SEED ?? 1);
