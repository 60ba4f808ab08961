import type { ReactNode } from 'react';
import styles from './dialogs.module.css';

/** The row of buttons that ends a dialog. */
export function DialogActions({ children }: { readonly children: ReactNode }) {
  return <div className={styles.actions}>{children}</div>;
}
