import { kioskTexts } from '@aufruf/shared/i18n/kiosk/catalog';
import type { KioskId } from '@aufruf/shared/lib/ids';
import type { Welcome } from '@aufruf/ui/start-app';
import { useTopic } from '@aufruf/ui/state/use-topic';
import { useMemo } from 'react';
import styles from './app.module.css';
import { Kiosk } from './kiosk.tsx';
import { Message } from './screens/message.tsx';

/** The kiosk before and after it knows which one it is. */
export function App({ station, refused, hubOrigin }: Welcome) {
  if (station) return <KnownKiosk kioskId={station as KioskId} hubOrigin={hubOrigin} />;
  return <WholeScreen state={refused === 'unknownName' ? 'unknownKiosk' : 'starting'} />;
}

function KnownKiosk({ kioskId, hubOrigin }: { readonly kioskId: KioskId } & Pick<Welcome, 'hubOrigin'>) {
  const { value: menu } = useTopic('kioskMenu', { kioskId });
  // A phone cannot follow a desktop page's own address: where the location names none, the hub's stands in.
  const reachable = useMemo(() => menu && { ...menu, publicUrl: menu.publicUrl ?? hubOrigin }, [menu, hubOrigin]);
  if (reachable) return <Kiosk kioskId={kioskId} menu={reachable} />;
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
