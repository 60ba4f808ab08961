import type { BridgeRefusalType } from '@aufruf/shared/bridge/bridge';
import type { CounterList, LocationView } from '@aufruf/shared/domain/views/view-schemas';
import type { CounterId, SessionId } from '@aufruf/shared/lib/ids';
import { useTopic } from '@aufruf/ui/state/use-topic';
import { useState } from 'react';
import { ClerkProvider } from './clerk/clerk-context.tsx';
import { keptSession } from './clerk/kept-session.ts';
import { PreferencesProvider } from './preferences/preferences-context.tsx';
import { SignInScreen } from './sign-in/sign-in-screen.tsx';
import { StateScreen } from './sign-in/state-screen.tsx';
import { Supervised } from './supervision/supervision.tsx';
import { useTexts } from './texts/use-texts.ts';
import { WorkScreen } from './work/work-screen.tsx';

interface AppProps {
  /** The counter this device stands at; null where the clerk chooses (web mode). */
  readonly station: string | null;
  /** The host would not have this page, and why. */
  readonly refused: BridgeRefusalType | null;
}

/** The counter app: what stands between a clerk and the people waiting. */
export function App({ station, refused }: AppProps) {
  return (
    <PreferencesProvider>
      <ClerkProvider>{refused === null ? <Screens station={station} /> : <Refused type={refused} />}</ClerkProvider>
    </PreferencesProvider>
  );
}

function Refused({ type }: { readonly type: BridgeRefusalType }) {
  const { t } = useTexts();
  return <StateScreen icon="warning" title={t.refusals[type].what} body={t.refusals[type].how} />;
}

/** The clerk's screens, and for supervisors the page of the location. */
function Screens({ station }: Pick<AppProps, 'station'>) {
  const { value: location } = useTopic('location', {});
  const { value: list } = useTopic('counterList', {});
  const [sessionId] = useState(keptSession);
  const own = list?.counters.find((counter) => counter.sessionId === sessionId && counter.presence !== 'closed');
  return (
    <Supervised counterId={(station as CounterId | null) ?? own?.id ?? null} timeZone={location?.timeZone}>
      <ClerkScreen {...{ station, location, list, sessionId, own }} />
    </Supervised>
  );
}

interface ClerkScreenProps extends Pick<AppProps, 'station'> {
  readonly location: LocationView | null | undefined;
  readonly list: CounterList | null | undefined;
  readonly sessionId: SessionId;
  /** The counter at which this window is signed in. */
  readonly own: CounterList['counters'][number] | undefined;
}

/**
 * Which screen: told by the day's state, not by this page's memory. A clerk works at the counter whose session is ours,
 * so a reload resumes it, and a colleague's taking over ends it at once.
 */
function ClerkScreen({ station, location, list, sessionId, own }: ClerkScreenProps) {
  const { t } = useTexts();
  const [lastOwn, setLastOwn] = useState<CounterId | null>(null);

  if (location === undefined || list === undefined) return <StateScreen icon="clock" title={t.signIn.loading} />;
  if (location === null || list === null) {
    return <StateScreen icon="settings" title={t.signIn.notConfigured} body={t.signIn.notConfiguredHow} />;
  }
  if (location.dayStatus === 'notOpened') {
    return <StateScreen icon="door" title={t.signIn.dayNotOpened} body={t.signIn.dayNotOpenedHow} />;
  }
  if (location.dayStatus === 'closed') {
    return <StateScreen icon="door" title={t.signIn.dayClosed} body={t.signIn.dayClosedHow} />;
  }
  if (own !== undefined) {
    if (lastOwn !== own.id) setLastOwn(own.id);
    return <WorkScreen key={own.id} counter={own} location={location} />;
  }
  return (
    <SignInScreen
      location={location}
      counters={choosable(list, station)}
      sessionId={sessionId}
      takenFromUs={list.counters.find(({ id, presence }) => id === lastOwn && presence !== 'closed') ?? null}
      onForget={() => setLastOwn(null)}
    />
  );
}

/** A device that stands at a counter offers that one alone. */
function choosable(list: CounterList, station: string | null): CounterList['counters'] {
  const bound = list.counters.filter(({ id }) => id === station);
  return bound.length > 0 ? bound : list.counters;
}
