import type { ReactNode } from 'react';
import styles from './visually-hidden.module.css';

/** Text for screen readers only. */
export function VisuallyHidden({
  children,
  live,
}: {
  readonly children: ReactNode;
  readonly live?: 'polite' | 'assertive';
}) {
  return (
    <span className={styles.hidden} aria-live={live}>
      {children}
    </span>
  );
}
