import styles from './ticket-number.module.css';

/**
 * A ticket number as it stands on paper, on the display and at the counter: letter and digits kept together and read
 * from left to right in every script, with a little air between letter and digits.
 */
export function TicketNumber({
  text,
  size = 'm',
}: {
  readonly text: string;
  readonly size?: 'm' | 'l' | 'xl' | 'huge';
}) {
  return (
    <bdi dir="ltr" className={`${styles.number} ${styles[size]}`}>
      <span className={styles.prefix}>{text.slice(0, 1)}</span>
      {text.slice(1)}
    </bdi>
  );
}
