import { Icon, type IconName } from '@aufruf/ui/components/icon';
import { useId } from 'react';
import styles from './form.module.css';

interface SwitchProps {
  readonly label: string;
  readonly hint?: string;
  readonly icon: IconName;
  readonly on: boolean;
  readonly onChange: (on: boolean) => void;
}

/** On or off, effective at once. */
export function Switch({ label, hint, icon, on, onChange }: SwitchProps) {
  const hintId = useId();
  return (
    <div className={styles.switchRow}>
      <button
        type="button"
        role="switch"
        aria-checked={on}
        aria-describedby={hint ? hintId : undefined}
        className={styles.switch}
        onClick={() => onChange(!on)}
      >
        <Icon name={icon} />
        <span className={styles.switchLabel}>{label}</span>
        <span className={styles.track} aria-hidden="true" />
      </button>
      {hint ? (
        <p id={hintId} className={styles.hint}>
          {hint}
        </p>
      ) : null}
    </div>
  );
}
