import type { ReactNode, Ref } from 'react';
import styles from './button.module.css';
import { Icon, type IconName } from './icon.tsx';

interface ButtonProps {
  /** Absent for an icon alone; then `label` says what it does. */
  readonly children?: ReactNode;
  readonly onPress: () => void;
  readonly variant?: 'primary' | 'secondary' | 'quiet' | 'danger';
  readonly size?: 's' | 'm' | 'l' | 'xl';
  readonly icon?: IconName;
  /** Announced in ARIA's spelling, and shown as a key cap: `F2`, `Control+Z`. The shortcut itself is bound by the screen. */
  readonly shortcut?: string;
  /** What the key cap shows where the keyboard is lettered otherwise: `Strg+Z`. */
  readonly keyCap?: string;
  /** A command is on its way: the button stays where it is, takes no press, and says so. */
  readonly pending?: boolean;
  readonly disabled?: boolean;
  readonly wide?: boolean;
  readonly pressed?: boolean;
  readonly autoFocus?: boolean;
  readonly label?: string;
  readonly ref?: Ref<HTMLButtonElement>;
  /** -1 where arrow keys, not Tab, lead to the button. */
  readonly tabIndex?: number;
  readonly expanded?: boolean;
}

/** The family's button. Never jumps: pending and disabled keep the size. */
export function Button(props: ButtonProps) {
  const { variant = 'secondary', size = 'm', pending = false, disabled = false } = props;
  return (
    <button
      ref={props.ref}
      type="button"
      tabIndex={props.tabIndex}
      className={[styles.button, styles[variant], styles[size], props.wide ? styles.wide : ''].join(' ')}
      onClick={() => {
        if (!pending && !disabled) props.onPress();
      }}
      // aria-disabled keeps the focus where it is while a command is on its way.
      aria-disabled={pending || disabled || undefined}
      aria-busy={pending || undefined}
      data-autofocus={props.autoFocus || undefined}
      aria-pressed={props.pressed}
      aria-keyshortcuts={props.shortcut}
      aria-expanded={props.expanded}
      aria-label={props.label}
      // biome-ignore lint/a11y/noAutofocus: dialogs and steps place the focus on their main action on purpose
      autoFocus={props.autoFocus}
    >
      {props.icon ? <Icon name={props.icon} /> : null}
      {props.children ? <span className={styles.text}>{props.children}</span> : null}
      {props.shortcut ? (
        <span aria-hidden="true">
          <kbd className={styles.key}>{props.keyCap ?? props.shortcut}</kbd>
        </span>
      ) : null}
    </button>
  );
}
