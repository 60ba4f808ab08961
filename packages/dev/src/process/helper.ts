/**
 * Processes that help a bench, a soak or a test of faults: the parent asks by name, the child answers; one answer to each
 * question. What a child prints on standard output is its own and read line by line, where wanted. A child ends when its
 * parent is gone, and a question that nobody answers in time is an error.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';

/** What a child can be asked: by name, what goes in and what comes out. */
export type Questions = Readonly<Record<string, { readonly ask: unknown; readonly answer: unknown }>>;

export type Answers<Q extends Questions> = {
  readonly [N in keyof Q]: (ask: Q[N]['ask']) => Promise<Q[N]['answer']> | Q[N]['answer'];
};

export interface HelperOptions {
  /** A program that starts Node in its place, with its arguments: a tracer. */
  readonly startedBy?: readonly [command: string, ...args: string[]];
  readonly nodeOptions?: readonly string[];
  /** Takes each line of standard output; without it, they go to the terminal. */
  readonly onLine?: (line: string) => void;
  /** Takes each line of standard error; without it, they go to the terminal. */
  readonly onErrorLine?: (line: string) => void;
}

export interface Helper<Q extends Questions> {
  /** @throws what the child could not do, or when it takes longer than `ANSWER_TIMEOUT_MS` */
  ask<N extends keyof Q & string>(name: N, ask: Q[N]['ask']): Promise<Q[N]['answer']>;
  /** Ends it in good order. Repetition does nothing. */
  end(): Promise<void>;
  /** `SIGKILL`, `SIGSTOP` and the like. */
  signal(signal: NodeJS.Signals): void;
  /** Resolves when the process is gone and all it had printed has been read. */
  readonly gone: Promise<unknown>;
}

interface Asked {
  readonly id: number;
  readonly name: string;
  readonly ask: unknown;
}

type Answered = { readonly id: number; readonly answer: unknown } | { readonly id: number; readonly problem: string };

/** The longest task, 50,000 events, takes a slow machine a minute. */
const ANSWER_TIMEOUT_MS = 240_000;
/** A child that was told to end and has not after so long is killed. */
const END_TIMEOUT_MS = 3_000;

interface Waiting {
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** `url`: of a file that calls `answerQuestions`. */
export function startHelper<Q extends Questions>(url: URL, options: HelperOptions = {}): Helper<Q> {
  const { startedBy, nodeOptions = [], onLine, onErrorLine } = options;
  const [command = process.execPath, ...args] = startedBy ?? [];
  const script = fileURLToPath(url);
  const child: ChildProcess = fork(script, [], {
    execPath: command,
    execArgv: [...(startedBy === undefined ? [] : [...args, process.execPath]), ...nodeOptions],
    stdio: ['ignore', onLine ? 'pipe' : 'inherit', onErrorLine ? 'pipe' : 'inherit', 'ipc'],
  });
  // Not `close`: a child whose line was cut from this side never emits it.
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const gone = Promise.all([exited, readLines(child.stdout, onLine), readLines(child.stderr, onErrorLine)]);
  const waiting = new Map<number, Waiting>();
  let lastId = 0;
  child.on('message', (message: Answered) => {
    const asker = waiting.get(message.id);
    waiting.delete(message.id);
    if ('problem' in message) asker?.reject(new Error(`${script}: ${message.problem}`));
    else asker?.resolve(message.answer);
  });
  child.once('exit', (code, signal) => {
    for (const { reject } of waiting.values()) reject(new Error(`${script} ended with ${signal ?? `code ${code}`}`));
    waiting.clear();
  });

  return {
    async ask(name, ask) {
      const id = ++lastId;
      const { promise, resolve, reject } = Promise.withResolvers<unknown>();
      waiting.set(id, { resolve, reject });
      const timer = setTimeout(() => {
        waiting.delete(id);
        reject(new Error(`${script}: ${name} took longer than ${ANSWER_TIMEOUT_MS / 1000} s`));
      }, ANSWER_TIMEOUT_MS);
      child.send({ id, name, ask } satisfies Asked, (error) => error && reject(error));
      try {
        return await promise;
      } finally {
        clearTimeout(timer);
      }
    },
    async end() {
      if (child.connected) child.disconnect();
      const killer = setTimeout(() => child.kill('SIGKILL'), END_TIMEOUT_MS);
      await gone;
      clearTimeout(killer);
    },
    signal: (signal) => void child.kill(signal),
    gone,
  };
}

/** Resolves when there is nothing more to read. */
function readLines(stream: Readable | null, onLine: ((line: string) => void) | undefined): Promise<void> {
  if (stream === null || onLine === undefined) return Promise.resolve();
  const lines = createInterface({ input: stream }).on('line', onLine);
  return new Promise((resolve) => lines.once('close', () => resolve()));
}

/** In the child. `onGone`: the parent has left or wants it to end; the process exits after. */
export function answerQuestions<Q extends Questions>(answers: Answers<Q>, onGone: () => Promise<void> | void): void {
  process.on('message', async ({ id, name, ask }: Asked) => {
    // A parent that is just gone takes no answer.
    const reply = (message: Answered): void => void (process.connected && process.send?.(message, () => {}));
    try {
      const answer = answers[name];
      if (answer === undefined) throw new Error(`cannot be asked ${name}`);
      reply({ id, answer: await answer(ask) });
    } catch (error) {
      reply({ id, problem: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    }
  });
  process.once('disconnect', async () => {
    await onGone();
    process.exit(0);
  });
  // A terminal's Ctrl-C reaches the whole group; the parent decides.
  process.on('SIGINT', () => {});
}
