import type { CounterTexts } from './texts.ts';

export const refusalsEn: CounterTexts['refusals'] = {
  dayClosed: { what: 'The day is closed.', how: 'No more calls are possible today. Ask the site management.' },
  unknownCounter: { what: 'This counter no longer exists.', how: 'Sign out and choose another one.' },
  counterTaken: {
    what: 'Somebody else has just signed in here.',
    how: 'Choose a free counter, or take this one over.',
  },
  sessionElsewhere: { what: 'You are still signed in at another counter.', how: 'Sign out there first.' },
  counterNotOpen: { what: 'You are on a break or signed out.', how: 'End the break first.' },
  visitInProgress: { what: 'You still have an open visit.', how: 'Finish it, park it or put it back.' },
  notOnBreak: { what: 'You are not on a break.', how: 'You can go on working.' },
  nobodyWaiting: { what: 'Nobody can be called right now.', how: 'You will see it here as soon as somebody is due.' },
  unknownVisit: { what: 'There is no such ticket number today.', how: 'Check the number on the ticket.' },
  notCallable: { what: 'This number cannot be called right now.', how: 'Look in the list to see where the visit is.' },
  takenByOther: { what: 'Somebody else has just taken this visit.', how: 'Call the next person.' },
  unknownService: { what: 'This service is no longer offered here.', how: 'Choose another one.' },
  numbersExhausted: { what: 'All ticket numbers for today have been used.', how: 'Tell the site management.' },
  noVisitCalled: { what: 'Nobody has been called.', how: 'Call somebody first.' },
  noVisitInService: { what: 'You are not serving anybody.', how: 'This works once somebody has arrived.' },
  notParked: { what: 'This visit is no longer parked.', how: 'Look for it in the queue.' },
  notRequeueable: { what: 'This visit cannot go back to the queue.', how: 'Look in the list to see where it is.' },
  counterLacksService: {
    what: 'That counter does not handle this service.',
    how: 'Choose another destination or another service.',
  },
  noTarget: { what: 'No destination has been chosen.', how: 'Choose a service or a counter.' },
  tooManyParts: { what: 'A visit cannot hold more services.', how: 'Finish it and start a new one.' },
  visitClosed: { what: 'This visit has already ended.', how: 'There is nothing more to do.' },
  reasonMissing: { what: 'The priority needs a reason.', how: 'Choose a reason.' },
  nothingToUndo: { what: 'There is nothing to undo.', how: 'Just go on working.' },
  undoTooLate: { what: 'That was too long ago to undo.', how: 'Change the visit by hand.' },
  changedSince: {
    what: 'Somebody else has changed the visit since.',
    how: 'It can no longer be undone. Look in the list.',
  },
  malformed: { what: 'This entry was not accepted.', how: 'Check it and try again.' },
  notAllowed: { what: 'This is not allowed on this device.', how: 'Ask the site management.' },
  unknownName: {
    what: 'The site server does not know this step.',
    how: 'Reload this page. If that does not help, ask the technicians.',
  },
  tooLarge: { what: 'The entry is too large.', how: 'Shorten it and try again.' },
  wrongVersion: { what: 'This program is out of date.', how: 'Reload this page.' },
  tooMany: { what: 'Those were very many steps at once.', how: 'Wait a moment and try again.' },
  unreachable: {
    what: 'The site server does not answer.',
    how: 'Try again. The step will still be carried out only once.',
  },
  storageFailed: {
    what: 'The step could not be saved.',
    how: 'Try again. If that does not help, call the technicians.',
  },
  clockUnsure: {
    what: 'This device is not sure which day it is.',
    how: 'Set its clock, or wait for the connection to the site server.',
  },
};
