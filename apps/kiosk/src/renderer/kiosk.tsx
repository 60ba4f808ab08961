import type { KioskMenu } from '@aufruf/shared/domain/views/view-schemas';
import { formatDay } from '@aufruf/shared/i18n/format';
import { kioskTexts } from '@aufruf/shared/i18n/kiosk/catalog';
import type { KioskTexts } from '@aufruf/shared/i18n/kiosk/texts';
import type { Language } from '@aufruf/shared/i18n/languages';
import type { KioskId } from '@aufruf/shared/lib/ids';
import { SECOND_MS } from '@aufruf/shared/lib/time';
import { useLink } from '@aufruf/ui/state/use-link';
import { useTopic } from '@aufruf/ui/state/use-topic';
import { useEffect, useState } from 'react';
import { closesAt } from './flow/kiosk-flow.ts';
import { type KioskControl, useKiosk } from './flow/use-kiosk.ts';
import { Frame } from './frame.tsx';
import { initialPresentation, type Presentation, usePresentation } from './presentation.ts';
import { CheckIn } from './screens/check-in.tsx';
import { ChooseGroup } from './screens/choose-group.tsx';
import { ChooseService } from './screens/choose-service.tsx';
import { Message } from './screens/message.tsx';
import { StillThere } from './screens/still-there.tsx';
import { TicketActions } from './screens/ticket-actions.tsx';
import { TicketStep } from './screens/ticket-step.tsx';
import { troubleText } from './trouble-text.ts';
import { useNow } from './use-now.ts';

/** The kiosk of one location, for one citizen after another. */
export function Kiosk({ kioskId, menu }: { readonly kioskId: KioskId; readonly menu: KioskMenu }) {
  const firstLanguage = menu.languages[0] ?? 'de';
  const [presentation, setPresentation] = useState(() => initialPresentation(firstLanguage));
  usePresentation(presentation);
  const { language } = presentation;
  const texts = kioskTexts[language];
  const control = useKiosk(kioskId, language);
  const { flow, press, touched } = control;

  // The next citizen finds the kiosk as the first one did.
  const { citizen } = flow;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the new citizen is what this waits for
  useEffect(() => setPresentation(initialPresentation(firstLanguage)), [citizen, firstLanguage]);

  const change = (by: Partial<Presentation>) => setPresentation((now) => ({ ...now, ...by }));
  useEffect(() => {
    addEventListener('pointerdown', touched);
    addEventListener('keydown', touched);
    return () => {
      removeEventListener('pointerdown', touched);
      removeEventListener('keydown', touched);
    };
  }, [touched]);

  const now = useNow(SECOND_MS / 4);
  const closing = closesAt(flow);
  const secondsLeft = closing === null ? null : Math.max(0, Math.ceil((closing - now) / SECOND_MS));
  const showsBack = flow.step.name === 'services' || flow.step.name === 'appointment';
  return (
    <Frame
      locationName={menu.locationName[language]}
      languages={menu.languages}
      presentation={presentation}
      texts={texts}
      onChange={change}
      back={showsBack ? { label: texts.back, onPress: () => press({ type: 'back' }) } : undefined}
      actions={
        flow.step.name === 'ticket' ? <TicketActions texts={texts} secondsLeft={secondsLeft} press={press} /> : null
      }
    >
      <CurrentStep menu={menu} texts={texts} language={language} control={control} />
      {flow.asking ? (
        <StillThere texts={texts} secondsLeft={secondsLeft} onStay={() => press({ type: 'moreTime' })} />
      ) : null}
    </Frame>
  );
}

interface StepProps {
  readonly menu: KioskMenu;
  readonly texts: KioskTexts;
  readonly language: Language;
  readonly control: KioskControl;
}

function CurrentStep({ menu, texts, language, control }: StepProps) {
  const { flow, press, newCommandId } = control;
  const { step } = flow;
  const link = useLink();
  // In a browser the hub gives the numbers. A desktop kiosk always reaches its own engine, which gives them without it.
  const isUp = link.state === 'up';
  const { value: status } = useTopic('syncStatus', {});
  const isHubSilent = status?.mode === 'ALONE' || status?.mode === 'RELAY';
  if (step.name === 'issuing') {
    return <Message icon="ticket" title={texts.issuing} hint={isUp ? undefined : texts.stillTrying} />;
  }
  if (step.name === 'ticket') {
    return (
      <TicketStep
        visitId={step.visitId}
        number={step.number}
        publicUrl={menu.publicUrl}
        isHubSilent={isHubSilent}
        texts={texts}
        language={language}
      />
    );
  }
  if (step.name === 'trouble') {
    return (
      <Message
        icon="info"
        {...troubleText(texts, step.refusal)}
        action={{ label: texts.startOver, onPress: () => press({ type: 'startOver' }) }}
      />
    );
  }
  // A choice that leads nowhere is not offered.
  if (!isUp) return <Message icon="offline" title={texts.noNumbers} hint={texts.noNumbersHint} />;
  if (step.name === 'appointment')
    return <CheckIn code={step.code} texts={texts} press={press} newCommandId={newCommandId} />;
  if (!menu.open) return <Closed menu={menu} texts={texts} language={language} />;
  const group = step.name === 'services' ? menu.groups.find((candidate) => candidate.id === step.groupId) : undefined;
  if (group) {
    return (
      <ChooseService
        group={group}
        page={step.page}
        texts={texts}
        language={language}
        press={press}
        newCommandId={newCommandId}
      />
    );
  }
  return <ChooseGroup menu={menu} page={step.page} texts={texts} language={language} press={press} />;
}

function Closed({ menu, texts, language }: Pick<StepProps, 'menu' | 'texts' | 'language'>) {
  const { opensNext } = menu;
  // Noon in UTC is the same calendar day wherever services are offered: only the day's name is wanted here.
  const day = opensNext ? formatDay(Date.parse(`${opensNext.date}T12:00:00Z`), 'UTC', language) : '';
  return (
    <Message
      icon="clock"
      title={texts.closed}
      hint={opensNext ? texts.opensAt(day, opensNext.time) : texts.opensUnknown}
    />
  );
}
