/** The set-up of a device: which hub, and which of its stations this is. For whoever installs it, once. */
import type { HubSearch, SetupValue, ShellAnswer, StationChoice } from '@aufruf/shared/bridge/shell-table';
import type { Language } from '@aufruf/shared/i18n/languages';
import { setupTexts } from '@aufruf/shared/i18n/setup/catalog';
import type { SetupTexts } from '@aufruf/shared/i18n/setup/texts';
import { type FormEvent, useEffect, useId, useState } from 'react';
import type { Shell } from '../bridge/shell.ts';
import { Button } from '../components/button.tsx';
import { Notice } from '../components/notice.tsx';
import styles from './setup-screen.module.css';

interface SetupScreenProps {
  readonly shell: Shell;
  readonly language: Language;
}

export function SetupScreen({ shell, language }: SetupScreenProps) {
  const [setup, setSetup] = useState<SetupValue | null>(null);
  useEffect(() => shell.watch('setup', setSetup), [shell]);
  // Its first value comes with the next message from main.
  return setup === null ? null : <Setup shell={shell} language={language} setup={setup} />;
}

function Setup({ shell, language, setup }: SetupScreenProps & { readonly setup: SetupValue }) {
  const t = setupTexts[language];
  const { app, search, nearby } = setup;
  const [problem, setProblem] = useState<string | null>(null);
  const say = (answer: ShellAnswer): void => setProblem(answer.ok ? null : problemText(answer.refusal.type, t));
  const find = async (address: string) => say(await shell.call({ name: 'findHub', address }));
  const isSetUp = setup.hubUrl !== null && setup.stationId !== null;

  return (
    <main className={styles.page}>
      <div className={styles.form}>
        <h1 className={styles.title}>{t.title[app]}</h1>
        <p className={styles.intro}>{t.intro}</p>
        {nearby.length > 0 ? (
          <section className={styles.nearby} aria-label={t.nearby}>
            <h2 className={styles.label}>{t.nearby}</h2>
            {nearby.map(({ hubUrl, location }) => (
              <Button key={hubUrl} wide onPress={() => void find(hubUrl)}>
                {`${location[language]} (${withoutScheme(hubUrl)})`}
              </Button>
            ))}
          </section>
        ) : null}
        <AddressForm t={t} initial={setup.hubUrl === null ? '' : withoutScheme(setup.hubUrl)} onFind={find} />
        <Search t={t} language={language} search={search} />
        {search.state === 'found' ? (
          <StationForm
            key={search.hubUrl}
            t={t}
            app={app}
            language={language}
            stations={search.stations}
            current={setup.stationId}
            onSave={async (stationId) => say(await shell.call({ name: 'saveSetup', stationId }))}
          />
        ) : null}
        {problem === null ? null : <Notice icon="warning" tone="bad" title={problem} urgency="alert" />}
        <div className={styles.end}>
          {isSetUp ? <Button onPress={() => void shell.call({ name: 'leaveSetup' })}>{t.leave}</Button> : null}
          <Button variant="quiet" onPress={() => void shell.call({ name: 'quit' })}>
            {t.quit}
          </Button>
        </div>
      </div>
    </main>
  );
}

interface AddressFormProps {
  readonly t: SetupTexts;
  readonly initial: string;
  readonly onFind: (address: string) => Promise<void>;
}

function AddressForm({ t, initial, onFind }: AddressFormProps) {
  const id = useId();
  const [address, setAddress] = useState(initial);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void onFind(address);
  };
  return (
    <form className={styles.field} onSubmit={submit}>
      <label htmlFor={id} className={styles.label}>
        {t.address}
      </label>
      <p id={`${id}-hint`} className={styles.hint}>
        {t.addressHint}
      </p>
      <div className={styles.row}>
        <input
          id={id}
          className={styles.input}
          value={address}
          onChange={(event) => setAddress(event.target.value)}
          aria-describedby={`${id}-hint`}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
        />
        <Button variant="primary" onPress={() => void onFind(address)}>
          {t.search}
        </Button>
      </div>
    </form>
  );
}

function Search({ t, language, search }: { t: SetupTexts; language: Language; search: HubSearch }) {
  switch (search.state) {
    case 'none':
      return null;
    case 'asking':
      return <Notice icon="clock" title={t.asking(withoutScheme(search.hubUrl))} />;
    case 'found':
      return <Notice icon="check" tone="good" title={t.found(search.location[language])} />;
    case 'failing':
      return <Failing t={t} reason={search.reason} address={withoutScheme(search.hubUrl)} />;
  }
}

interface FailingProps {
  readonly t: SetupTexts;
  readonly reason: Extract<HubSearch, { readonly state: 'failing' }>['reason'];
  readonly address: string;
}

function Failing({ t, reason, address }: FailingProps) {
  if (reason === 'starting') return <Notice icon="clock" title={t.starting} />;
  const isSilent = reason === 'noAnswer';
  return (
    <Notice icon="warning" tone="warn" title={isSilent ? t.noAnswer(address) : t.noHub(address)}>
      <p>{isSilent ? t.noAnswerHint : t.noHubHint}</p>
    </Notice>
  );
}

interface StationFormProps {
  readonly t: SetupTexts;
  readonly app: SetupValue['app'];
  readonly language: Language;
  readonly stations: readonly StationChoice[];
  readonly current: string | null;
  readonly onSave: (stationId: string) => Promise<void>;
}

function StationForm({ t, app, language, stations, current, onSave }: StationFormProps) {
  const id = useId();
  const [chosen, setChosen] = useState(stations.some((station) => station.id === current) ? (current ?? '') : '');
  if (stations.length === 0) return <Notice icon="info" title={t.noStations[app]} />;
  return (
    <div className={styles.field}>
      <label htmlFor={id} className={styles.label}>
        {t.station[app]}
      </label>
      <div className={styles.row}>
        <select id={id} className={styles.input} value={chosen} onChange={(event) => setChosen(event.target.value)}>
          <option value="">{t.chooseFirst}</option>
          {stations.map((station) => (
            <option key={station.id} value={station.id}>
              {station.name[language]}
            </option>
          ))}
        </select>
        <Button variant="primary" disabled={chosen === ''} onPress={() => void onSave(chosen)}>
          {t.save}
        </Button>
      </div>
    </div>
  );
}

function problemText(type: Extract<ShellAnswer, { readonly ok: false }>['refusal']['type'], t: SetupTexts): string {
  switch (type) {
    case 'notSaved':
      return t.notSaved;
    case 'unknownStation':
    case 'notReady':
      return t.goneStation;
    case 'badAddress':
    case 'malformed':
    case 'notHere':
      return t.badAddress;
  }
}

/** What a person typed is http unless it says otherwise; it need not be read out. */
const withoutScheme = (hubUrl: string): string => hubUrl.replace(/^http:\/\//, '');
