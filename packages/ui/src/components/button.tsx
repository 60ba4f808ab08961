import type { ReactNode } from 'react';
import styles from './button.module.css';
import { Icon, type IconName } from './icon.tsx';

interface ButtonProps {
  readonly children: ReactNode;
  readonly onPress: () => void;
  readonly variant?: 'primary' | 'secondary' | 'quiet' | 'danger';
  readonly size?: 'm' | 'l' | 'xl';
  readonly icon?: IconName;
  /** Shown as a key cap, and announced: `F2`. The shortcut itself is bound by the screen. */
  readonly shortcut?: string;
  /** A command is on its way: the button stays where it is, takes no press, and says so. */
  readonly pending?: boolean;
  readonly disabled?: boolean;
  readonly wide?: boolean;
  readonly pressed?: boolean;
  readonly autoFocus?: boolean;
  readonly label?: string;
}

/** The family's button. Never jumps: pending and disabled keep the size. */
export function Button(props: ButtonProps) {
  const { variant = 'secondary', size = 'm', pending = false, disabled = false } = props;
  return (
    <button
      type="button"
      className={[styles.button, styles[variant], styles[size], props.wide ? styles.wide : ''].join(' ')}
      onClick={() => {
        if (!pending && !disabled) props.onPress();
      }}
      // aria-disabled keeps the focus where it is while a command is on its way.
      aria-disabled={pending || disabled || undefined}
      aria-busy={pending || undefined}
      aria-pressed={props.pressed}
      aria-keyshortcuts={props.shortcut}
      aria-label={props.label}
      // biome-ignore lint/a11y/noAutofocus: dialogs and steps place the focus on their main action on purpose
      autoFocus={props.autoFocus}
    >
      {props.icon ? <Icon name={props.icon} /> : null}
      <span className={styles.text}>{props.children}</span>
      {props.shortcut ? <kbd className={styles.key}>{props.shortcut}</kbd> : null}
    </button>
  );
}
