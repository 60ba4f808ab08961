import { displayTexts } from '@aufruf/shared/i18n/display/catalog';
import { LANGUAGES } from '@aufruf/shared/i18n/languages';
import type { DisplayId } from '@aufruf/shared/lib/ids';
import { SECOND_MS } from '@aufruf/shared/lib/time';
import { Icon } from '@aufruf/ui/components/icon';
import { Notice } from '@aufruf/ui/components/notice';
import type { Welcome } from '@aufruf/ui/start-app';
import { useBridge } from '@aufruf/ui/state/bridge-context';
import { useHostNow } from '@aufruf/ui/state/use-host-now';
import { useLink } from '@aufruf/ui/state/use-link';
import { useTopic } from '@aufruf/ui/state/use-topic';
import { useMemo, useSyncExternalStore } from 'react';
import { useAnnouncements } from './announcement/use-announcements.ts';
import styles from './app.module.css';
import { createSound, type Sound } from './audio/sound.ts';
import { Board } from './board/board.tsx';
import { InAllLanguages } from './board/in-all-languages.tsx';

/** The display before and after it knows which one it is. */
export function App({ station, refused }: Welcome) {
  if (station) return <CallDisplay displayId={station as DisplayId} />;
  return refused === 'unknownName' ? <WholeScreen state="unknownDisplay" /> : <WholeScreen state="starting" />;
}

function CallDisplay({ displayId }: { readonly displayId: DisplayId }) {
  const { platform } = useBridge();
  const { value: board } = useTopic('callBoard', { displayId });
  const { value: status } = useTopic('syncStatus', {});
  const link = useLink();
  const now = useHostNow(SECOND_MS);
  const sound = useMemo(() => createSound(platform.schedule), [platform]);
  const isCurrent = status !== undefined && status.mode !== 'CONNECTING';
  const announcing = useAnnouncements(board ?? undefined, isCurrent, sound, now);

  if (board === undefined) return <WholeScreen state="starting" />;
  if (board === null) return <WholeScreen state="unknownDisplay" />;
  const cutOff = link.state !== 'up' || (status !== undefined && status.mode === 'ALONE');
  return (
    <>
      <Board board={board} now={now} announcing={announcing} cutOff={cutOff} />
      <SoundSwitch sound={sound} label={displayTexts[board.languages[0] ?? 'de'].enableSound} />
    </>
  );
}

function WholeScreen({ state }: { readonly state: 'starting' | 'unknownDisplay' }) {
  const hint = state === 'unknownDisplay' ? <InAllLanguages languages={LANGUAGES} text="unknownDisplayHint" /> : null;
  return (
    <main className={styles.whole}>
      <Notice size="page" icon={state === 'starting' ? 'clock' : 'info'} title={displayTexts.de[state]}>
        {hint ?? <InAllLanguages languages={['en']} text={state} />}
      </Notice>
    </main>
  );
}

/** A browser plays no sound until somebody has touched the page: until then this button says so to the staff. */
function SoundSwitch({ sound, label }: { readonly sound: Sound; readonly label: string }) {
  const blocked = useSyncExternalStore(sound.onBlockedChange, sound.isBlocked);
  if (!blocked) return null;
  return (
    <button type="button" className={styles.sound} onClick={sound.unblock}>
      <Icon name="mute" />
      {label}
    </button>
  );
}
