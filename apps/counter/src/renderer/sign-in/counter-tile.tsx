import type { CounterList } from '@aufruf/shared/domain/views/view-schemas';
import { Icon } from '@aufruf/ui/components/icon';
import { useTexts } from '../texts/use-texts.ts';
import styles from './sign-in.module.css';

interface CounterTileProps {
  readonly counter: CounterList['counters'][number];
  readonly name: string;
  readonly onChoose: () => void;
}

/** A counter to sign in at: its name as at the door, and whether somebody is there. */
export function CounterTile({ counter, name, onChoose }: CounterTileProps) {
  const { t } = useTexts();
  const free = counter.presence === 'closed';
  const state = free
    ? t.signIn.free
    : counter.visitNumber !== null
      ? t.signIn.serving(counter.visitNumber)
      : counter.presence === 'break'
        ? t.signIn.onBreak
        : t.signIn.taken;
  return (
    <button type="button" className={`${styles.tile} ${free ? styles.free : styles.taken}`} onClick={onChoose}>
      <span className={styles.tileName}>{name}</span>{' '}
      <span className={styles.tileState}>
        <Icon name={free ? 'check' : 'person'} />
        {state}
      </span>
    </button>
  );
}
