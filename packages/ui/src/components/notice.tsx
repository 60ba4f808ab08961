import type { ReactNode } from 'react';
import { Icon, type IconName } from './icon.tsx';
import styles from './notice.module.css';

interface NoticeProps {
  readonly tone?: 'info' | 'good' | 'warn' | 'bad';
  readonly icon: IconName;
  readonly title: string;
  readonly children?: ReactNode;
  /** `page`: fills the screen's middle, for a state of the whole. `inline`: a bar between other things. */
  readonly size?: 'page' | 'inline';
  /** Says it at once (alert) or when there is a pause (status). */
  readonly urgency?: 'alert' | 'status';
}

/** A state in words: empty, closed, offline, refused. */
export function Notice({ tone = 'info', icon, title, children, size = 'inline', urgency = 'status' }: NoticeProps) {
  return (
    <div className={[styles.notice, styles[tone], styles[size]].join(' ')} role={urgency}>
      <Icon name={icon} />
      <div className={styles.words}>
        <p className={styles.title}>{title}</p>
        {children}
      </div>
    </div>
  );
}
