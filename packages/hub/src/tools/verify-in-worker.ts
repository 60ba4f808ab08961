/** Opens and checks a database in a thread of its own, so that the hub goes on meanwhile. */
import { Worker } from 'node:worker_threads';

/** @returns what is wrong; empty = nothing */
export function verifyInWorker(file: string): Promise<readonly string[]> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./verify-worker.ts', import.meta.url), { workerData: file });
    worker.on('message', resolve);
    worker.on('error', reject);
    worker.on('exit', (code) => reject(new Error(`the check ended with code ${code}`)));
  });
}
