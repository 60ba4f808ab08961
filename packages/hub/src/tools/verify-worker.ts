/** The thread of `verify-in-worker.ts`: says what is wrong with one file, then ends. */
import { parentPort, workerData } from 'node:worker_threads';
import { sha256 } from '@aufruf/engine/platform/sha256';
import { verifyDatabase } from '@aufruf/engine/verify/verify-database';

const report = verifyDatabase({ file: String(workerData), sha256, depth: 'structure' });
parentPort?.postMessage(report === null ? ['it is no database'] : report.problems.map(({ what }) => what));
