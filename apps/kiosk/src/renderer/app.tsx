import { kioskTexts } from '@aufruf/shared/i18n/kiosk/catalog';
import type { KioskId } from '@aufruf/shared/lib/ids';
import type { Welcome } from '@aufruf/ui/start-web-app';
import { useTopic } from '@aufruf/ui/state/use-topic';
import styles from './app.module.css';
import { Kiosk } from './kiosk.tsx';
import { Message } from './screens/message.tsx';

/** The kiosk before and after it knows which one it is. */
export function App({ station, refused }: Welcome) {
  if (station) return <KnownKiosk kioskId={station as KioskId} />;
  return <WholeScreen state={refused === 'unknownName' ? 'unknownKiosk' : 'starting'} />;
}

function KnownKiosk({ kioskId }: { readonly kioskId: KioskId }) {
  const { value: menu } = useTopic('kioskMenu', { kioskId });
  if (menu) return <Kiosk kioskId={kioskId} menu={menu} />;
  return <WholeScreen state={menu === null ? 'unknownKiosk' : 'starting'} />;
}

function WholeScreen({ state }: { readonly state: 'starting' | 'unknownKiosk' }) {
  const texts = kioskTexts.de;
  return (
    <main className={styles.whole}>
      {state === 'starting' ? (
        <Message icon="clock" title={texts.starting} />
      ) : (
        <Message icon="info" title={texts.unknownKiosk} hint={texts.unknownKioskHint} />
      )}
    </main>
  );
}
