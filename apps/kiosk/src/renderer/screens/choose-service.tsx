import type { KioskMenu } from '@aufruf/shared/domain/views/view-schemas';
import type { KioskTexts } from '@aufruf/shared/i18n/kiosk/texts';
import type { Language } from '@aufruf/shared/i18n/languages';
import type { CommandId } from '@aufruf/shared/lib/ids';
import type { Press } from '../flow/kiosk-flow.ts';
import styles from './screen.module.css';
import { Tile, TilePages } from './tiles.tsx';

interface Props {
  readonly group: KioskMenu['groups'][number];
  readonly page: number;
  readonly texts: KioskTexts;
  readonly language: Language;
  readonly press: (press: Press) => void;
  readonly newCommandId: () => CommandId;
}

/** The second screen: a touch here draws the ticket. */
export function ChooseService({ group, page, texts, language, press, newCommandId }: Props) {
  return (
    <>
      <p className={styles.path}>{group.name[language]}</p>
      <h1 className={styles.title}>{texts.chooseService}</h1>
      <TilePages
        items={group.services}
        page={page}
        previousLabel={texts.previousPage}
        moreLabel={texts.morePages}
        onTurn={(by) => press({ type: 'turnPage', by })}
        tile={(service) => (
          <Tile
            key={service.id}
            title={service.name[language]}
            detail={service.closed ? texts.closedReason[service.closed] : texts.peopleWaiting(service.waiting)}
            closed={service.closed !== null}
            onPress={() => press({ type: 'chooseService', serviceId: service.id, commandId: newCommandId() })}
          />
        )}
      />
    </>
  );
}
