import type { KioskMenu } from '@aufruf/shared/domain/views/view-schemas';
import type { KioskTexts } from '@aufruf/shared/i18n/kiosk/texts';
import type { Language } from '@aufruf/shared/i18n/languages';
import { Icon } from '@aufruf/ui/components/icon';
import { Pressable } from '@aufruf/ui/components/pressable';
import type { Press } from '../flow/kiosk-flow.ts';
import styles from './screen.module.css';
import { Tile, TilePages } from './tiles.tsx';

interface Props {
  readonly menu: KioskMenu;
  readonly page: number;
  readonly texts: KioskTexts;
  readonly language: Language;
  readonly press: (press: Press) => void;
}

/** The first screen: the groups of services, and the way in for appointments. */
export function ChooseGroup({ menu, page, texts, language, press }: Props) {
  return (
    <>
      <h1 className={styles.title}>{texts.chooseGroup}</h1>
      {menu.appointments ? (
        <Pressable className={styles.appointment} onPress={() => press({ type: 'openAppointment' })}>
          <Icon name="calendar" />
          {texts.haveAppointment}
        </Pressable>
      ) : null}
      <TilePages
        items={menu.groups}
        page={page}
        previousLabel={texts.previousPage}
        moreLabel={texts.morePages}
        onTurn={(by) => press({ type: 'turnPage', by })}
        tile={(group) => {
          const open = group.services.filter((service) => service.closed === null);
          const waiting = open.reduce((sum, service) => sum + service.waiting, 0);
          return (
            <Tile
              key={group.id}
              icon={group.icon}
              title={group.name[language]}
              detail={open.length === 0 ? texts.groupClosed : texts.peopleWaiting(waiting)}
              closed={open.length === 0}
              onPress={() => press({ type: 'openGroup', groupId: group.id })}
            />
          );
        }}
      />
    </>
  );
}
