import type { IconName } from '@aufruf/ui/components/icon';
import { Notice } from '@aufruf/ui/components/notice';
import { Pressable } from '@aufruf/ui/components/pressable';
import styles from './screen.module.css';

interface Props {
  readonly icon: IconName;
  readonly title: string;
  readonly hint?: string | undefined;
  readonly action?: { readonly label: string; readonly onPress: () => void };
}

/** One thing to say, on the whole screen: waiting, closed, trouble. */
export function Message({ icon, title, hint, action }: Props) {
  return (
    <Notice size="page" icon={icon} title={title}>
      {hint ? <p>{hint}</p> : null}
      {action ? (
        <Pressable className={styles.primary} onPress={action.onPress}>
          {action.label}
        </Pressable>
      ) : null}
    </Notice>
  );
}
