import { type ReactNode, useId } from 'react';
import styles from './form.module.css';

interface SelectFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** `option` and `optgroup` elements. */
  readonly children: ReactNode;
  readonly autoFocus?: boolean;
}

/** One of many: the browser's own list, which finds by typing. */
export function SelectField({ label, value, onChange, children, autoFocus }: SelectFieldProps) {
  const id = useId();
  return (
    <div className={styles.field}>
      <label htmlFor={id} className={styles.legend}>
        {label}
      </label>
      <select
        id={id}
        className={styles.input}
        value={value}
        data-autofocus={autoFocus || undefined}
        onChange={(event) => onChange(event.target.value)}
      >
        {children}
      </select>
    </div>
  );
}
