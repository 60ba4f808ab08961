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
  /** `page` only: the level of its title; 2 where the page has a heading of its own. */
  readonly level?: 1 | 2;
  /** Says it at once (alert) or when there is a pause (status). */
  readonly urgency?: 'alert' | 'status';
}

/** A state in words: empty, closed, offline, refused. */
export function Notice({
  tone = 'info',
  icon,
  title,
  children,
  size = 'inline',
  level = 1,
  urgency = 'status',
}: NoticeProps) {
  const Title = size === 'inline' ? 'p' : (`h${level}` as const);
  return (
    <div className={[styles.notice, styles[tone], styles[size]].join(' ')} role={urgency}>
      <Icon name={icon} />
      <div className={styles.words}>
        <Title className={styles.title}>{title}</Title>
        {children}
      </div>
    </div>
  );
}
