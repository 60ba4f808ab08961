/** Catches wrong use of a store, which is a bug: writing outside a transaction, nesting, awaiting inside, use after close. */
import { assert } from '@aufruf/shared/lib/assert';

export interface TransactionGuard {
  /** Marks `transaction` as running. */
  run<T>(transaction: () => T): T;
  /** Hands `result` through. @throws when it is a promise: its work would run after the commit. */
  refusePromise<T>(result: T): T;
  requireTransaction(): void;
  requireOpen(): void;
  /** Repetition does nothing. @throws inside a transaction */
  close(): void;
}

export function createTransactionGuard(): TransactionGuard {
  let running = false;
  let closed = false;
  const requireOpen = () => assert(!closed, 'the store is closed');
  return {
    run: (transaction) => {
      requireOpen();
      assert(!running, 'transactions do not nest');
      running = true;
      try {
        return transaction();
      } finally {
        running = false;
      }
    },
    refusePromise: (result) => {
      const isThenable = typeof result === 'object' && result !== null && 'then' in result;
      assert(!isThenable, 'a transaction is synchronous');
      return result;
    },
    requireTransaction: () => assert(running, 'writes happen inside transact'),
    requireOpen,
    close: () => {
      assert(!running, 'a transaction cannot close its store');
      closed = true;
    },
  };
}
