import type { KioskMenu } from '@aufruf/shared/domain/views/view-schemas';
import type { GroupId, KioskId, ServiceId } from '@aufruf/shared/lib/ids';
import type { LocalDate, LocalTime } from '@aufruf/shared/lib/time';

const both = (de: string, en: string) => ({ de, en });

export const KIOSK = 'kiosk-1' as KioskId;

function service(
  id: string,
  name: { de: string; en: string },
  change: Partial<KioskMenu['groups'][number]['services'][number]> = {},
) {
  return { id: id as ServiceId, name, bring: [], durationMin: 10, waiting: 2, closed: null, ...change };
}

/** A menu with two open groups and a closed one. */
export function menu(change: Partial<KioskMenu> = {}): KioskMenu {
  return {
    kioskId: KIOSK,
    locationName: both('Kundenzentrum', 'Service centre'),
    languages: ['de', 'en'],
    publicUrl: 'https://warten.example',
    open: true,
    opensNext: null,
    exceptionName: null,
    appointments: true,
    groups: [
      {
        id: 'documents' as GroupId,
        name: both('Ausweis und Pass', 'Identity card and passport'),
        icon: 'id-card',
        services: [
          service('id-card', both('Personalausweis beantragen', 'Apply for an identity card')),
          service('passport', both('Reisepass beantragen', 'Apply for a passport'), { closed: 'contingentUsedUp' }),
        ],
      },
      {
        id: 'many' as GroupId,
        name: both('Viele Anliegen', 'Many matters'),
        icon: 'info',
        services: Array.from({ length: 9 }, (_, index) =>
          service(`matter-${index + 1}`, both(`Anliegen ${index + 1}`, `Matter ${index + 1}`)),
        ),
      },
      {
        id: 'residence' as GroupId,
        name: both('Aufenthalt', 'Residence'),
        icon: 'residence',
        services: [service('permit', both('Aufenthaltstitel', 'Residence permit'), { closed: 'appointmentOnly' })],
      },
    ],
    ...change,
  };
}

export const CLOSED_MENU = menu({
  open: false,
  appointments: false,
  opensNext: { date: '2026-11-23' as LocalDate, time: '07:00' as LocalTime },
});
