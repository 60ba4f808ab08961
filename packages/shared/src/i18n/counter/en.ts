import { locationEn } from './location-en.ts';
import { refusalsEn } from './refusals-en.ts';
import type { CounterTexts, CounterWord } from './texts.ts';

const atThis: Record<CounterWord, string> = { desk: 'at this desk', counter: 'at this counter', room: 'in this room' };
const otherOnes: Record<CounterWord, string> = { desk: 'other desks', counter: 'other counters', room: 'other rooms' };
const people = (count: number) => (count === 1 ? '1 person' : `${count} people`);
const times = (count: number) => (count === 1 ? 'once' : count === 2 ? 'twice' : `${count} times`);

export const en: CounterTexts = {
  appName: 'Aufruf',
  signIn: {
    title: 'Where do you work today?',
    hint: (word) =>
      ({
        desk: 'Choose your desk. Then you can call people.',
        counter: 'Choose your counter. Then you can call people.',
        room: 'Choose your room. Then you can call people.',
      })[word],
    free: 'free',
    taken: 'occupied',
    onBreak: 'on a break',
    serving: (number) => `occupied with ${number}`,
    takeOverTitle: (counter) => `${counter} is occupied`,
    takeOverBody: 'Somebody is still signed in here. Take it over only if signing out was forgotten.',
    takeOverVisit: (number) => `The open visit ${number} becomes yours.`,
    takeOver: 'Take over',
    takenFromYou: (counter) => `${counter} was taken over on another device.`,
    takenFromYouHow: 'You are now signed out there. Choose where to go on working.',
    loading: 'One moment, the data are being loaded.',
    notConfigured: 'This site has not been set up yet.',
    notConfiguredHow: 'It goes on here as soon as the configuration is published.',
    dayNotOpened: 'The day has not begun yet.',
    dayNotOpenedHow: 'You can sign in as soon as the site opens the day.',
    dayClosed: 'The day is closed.',
    dayClosedHow: 'You can sign in again on the next opening day.',
    noCounters: 'No counter has been set up for this site yet.',
  },
  connection: {
    connected: (since) => `Connected since ${since}`,
    connecting: (since) => `Connecting since ${since}`,
    lost: (since) => `No connection to the site server since ${since}`,
    relay: (since) => `Site server missing since ${since}, another device stands in`,
    waiting: (count) => (count === 1 ? '1 step not yet transmitted' : `${count} steps not yet transmitted`),
    diskLow: 'Disk nearly full: please call your IT support',
    lostHow: 'The list may be out of date. Work goes on by itself once the connection is back.',
  },
  actions: {
    callNext: 'Call next person',
    arrived: 'Arrived',
    recall: 'Call again',
    noShow: 'Did not appear',
    requeue: 'Back to the queue',
    finish: 'Finish',
    finishAsDone: 'Done',
    park: 'Park',
    transfer: 'Transfer',
    followUp: 'Another matter',
    endBreak: 'End break',
    beginBreak: 'Break',
    signOut: 'Sign out',
    enterNumber: 'Call a number',
    walkDirect: 'Serve without ticket',
    call: 'Call',
    callNumber: (number) => `Call ${number}`,
    resume: 'Resume',
    resumeNumber: (number) => `Resume ${number}`,
    moreFor: (number) => `More on ${number}`,
    edit: 'Change:',
    services: 'services',
    partySize: 'number of people',
    priority: 'priority',
    editServices: 'Change services',
    editPartySize: 'Change number of people',
    editPriority: 'Change priority',
    requeueSame: 'Back to the old place',
    requeueEnd: 'To the end of the queue',
    left: 'Cancel visit',
    cancelBooking: 'Cancel appointment',
    back: 'Back',
    save: 'Save',
    retry: 'Try again',
    close: 'Close',
    dismiss: 'Close message',
  },
  visit: {
    nobodyCalled: 'Nobody called',
    nobodyHint: (waiting) =>
      waiting === 0 ? 'Nobody is waiting for you right now.' : `${people(waiting)} in your queue`,
    nextUp: 'Next up',
    calledSince: (clock) => `Called ${clock} ago`,
    recalled: (count) => `call ${count + 1}`,
    servingSince: (clock) => `In service for ${clock}`,
    onBreak: 'You are on a break',
    breakSince: (time, reason) => (reason ? `${reason} since ${time}` : `since ${time}`),
    party: people,
    languageName: (language) => ({ de: 'German', en: 'English' })[language],
    appointment: (time) => `Appointment ${time}`,
    walkIn: 'walk-in',
    noNumber: 'No number',
    priority: { 0: 'No priority', 1: 'Before everybody', 2: 'Like an appointment' },
    priorityWith: (reason) => `Priority: ${reason}`,
    priorityReason: {
      disability: 'disability',
      pregnancy: 'pregnancy',
      smallChildren: 'small children',
      staffDecision: 'decided on site',
    },
    current: 'Current visit',
  },
  queue: {
    title: 'Queue',
    tabs: { waiting: 'Waiting', parked: 'Parked', missed: 'Did not appear', booked: 'Appointments' },
    empty: {
      waiting: 'Nobody is waiting. New people appear here by themselves.',
      parked: 'Nothing parked.',
      missed: 'Everybody who was called has appeared.',
      booked: 'No more appointments today.',
    },
    elsewhere: (count) =>
      count === 1 ? '1 more person is waiting for others.' : `${count} more people are waiting for others.`,
    waitingMinutes: (minutes) => `${minutes} min`,
    unanswered: (count) => `called ${times(count)} in vain`,
    reason: (reason, { appointment, priority, word }) => {
      switch (reason) {
        case 'priorityFirst':
          return priority ? `Priority: ${priority}` : 'Priority';
        case 'priorityMerged':
          return priority ? `Priority: ${priority}` : 'Priority like an appointment';
        case 'appointmentDue':
          return appointment ? `Appointment ${appointment}` : 'Appointment';
        case 'lateAppointment':
          return appointment ? `Appointment ${appointment}, came late` : 'Appointment, came late';
        case 'waitedLong':
          return 'has waited long';
        case 'walkIn':
          return 'walk-in';
        case 'ratioWalkIn':
          return 'walk-in, due now';
        case 'reservedForThisCounter':
          return `only ${atThis[word]}`;
        case 'fallbackService':
          return `helping out ${otherOnes[word]}`;
      }
    },
    blocked: (reason, { until, appointment }) => {
      switch (reason) {
        case 'calledRecently':
          return until ? `called only just now, again from ${until}` : 'called only just now';
        case 'appointmentNotDue':
          return [
            appointment ? `Appointment ${appointment}` : 'Appointment',
            until ? `can be called from ${until}` : 'not due yet',
          ].join(', ');
        case 'reservedForOther':
          return 'meant for somebody else';
      }
    },
    parkReason: {
      fillsForm: 'fills in a form',
      takesPhoto: 'takes a photo',
      pays: 'pays',
      fetchesDocument: 'fetches a document',
      waitsForColleague: 'waits for a colleague',
      other: 'other reason',
    },
    bookedHint: 'Visitors check in at the ticket machine.',
    listHelp: 'Move through the list with the arrow keys, choose with Enter.',
  },
  dialogs: {
    finishTitle: (number) => `Finish ${number}`,
    outcomeLegend: 'How did it end?',
    outcome: {
      done: 'Done',
      documentsMissing: 'Documents missing',
      pickupLater: 'Pickup later',
      notResponsible: 'Not our responsibility',
      visitorLeft: 'Visitor left',
    },
    deliveredLegend: 'What was done?',
    finishAndNext: 'Finish, then next person',
    parkTitle: (number) => `Park ${number}`,
    parkLegend: 'Why the interruption?',
    transferTitle: (number) => `Transfer ${number}`,
    transferService: 'Service',
    transferKeepService: 'Same service as before',
    transferCounter: (word) => ({ desk: 'Desk', counter: 'Counter', room: 'Room' })[word],
    transferAnyCounter: (word) =>
      ({ desk: 'Any suitable desk', counter: 'Any suitable counter', room: 'Any suitable room' })[word],
    transferNothingChosen: 'Choose another service or a destination.',
    transferNobodyServes: (word) =>
      `No other ${{ desk: 'desk', counter: 'counter', room: 'room' }[word]} handles this service.`,
    followUpTitle: (number) => `Another matter for ${number}`,
    followUpAdd: 'Add',
    servicesTitle: (number) => `Services of ${number}`,
    servicesNone: 'Choose at least one service.',
    walkDirectTitle: 'Serve without ticket',
    walkDirectHint: 'The visitor is already in front of you. They get a number but are not announced.',
    walkDirectStart: 'Start serving',
    partyTitle: (number) => `How many people belong to ${number}?`,
    partyLabel: 'People',
    partyLess: 'One person less',
    partyMore: 'One person more',
    priorityTitle: (number) => `Priority for ${number}`,
    priorityLegend: 'Priority',
    priorityReasonLegend: 'Reason',
    numberTitle: 'Call a certain number',
    numberLabel: 'Ticket number',
    numberHint: 'For example A012. Capitals and leading zeros make no difference.',
    numberUnknown: (number) => `${number} is not in your list. Check the number on the ticket.`,
    numberAmbiguous: (numbers) => `Several numbers match: ${numbers}. Type the letter too.`,
    numberCall: 'Call',
    breakTitle: 'Begin a break',
    breakLegend: 'Kind of break',
    breakReason: { pause: 'Break', meeting: 'Meeting', backOffice: 'Desk work', other: 'Other' },
    breakStart: 'Begin',
    rowTitle: (number) => `Visit ${number}`,
    language: "Visitor's language",
    serviceSearch: 'Search services',
    serviceNoMatch: 'No service matches.',
    helpTitle: 'Keys',
    helpKeys: 'These keys work in the whole window:',
    helpList: 'In the queue:',
    helpArrows: 'Arrow keys move between rows and buttons, Home and End jump to the beginning and the end.',
    cancelReasonLegend: 'Why is it cancelled?',
    cancelReason: { left: 'Visitor left', withdrawn: 'Visitor no longer needs it', mistake: 'Drawn by mistake' },
  },
  undo: {
    label: (what) => `Undo: ${what}`,
    until: (clock) => `${clock} left`,
    short: 'Undo',
    nothing: 'Nothing to undo',
    what: {
      'v1.VisitCalled': 'call',
      'v1.VisitRecalled': 'repeated call',
      'v1.VisitArrived': 'arrived',
      'v1.VisitNotShown': 'did not appear',
      'v1.VisitParked': 'park',
      'v1.VisitResumed': 'resume',
      'v1.VisitRequeued': 'back to the queue',
      'v1.VisitTransferred': 'transfer',
      'v1.FollowUpAdded': 'another matter',
      'v1.ServicesEdited': 'services changed',
      'v1.PriorityChanged': 'priority changed',
      'v1.PartySizeChanged': 'number of people changed',
      'v1.VisitFinished': 'finish',
      'v1.VisitCancelled': 'cancel',
      'v1.TicketIssued': 'serve without ticket',
      'v1.CounterOpened': 'sign in',
      'v1.CounterClosed': 'sign out',
      'v1.BreakBegan': 'break begun',
      'v1.BreakEnded': 'break ended',
    },
    lastStep: 'last step',
  },
  settings: {
    title: 'Settings',
    language: 'Display language',
    largeText: 'Large text',
    highContrast: 'High contrast',
    signKeys: 'Character keys',
    signKeysHint: 'Turn them off if you work by speech input.',
    help: 'Show keys',
  },
  superseded: {
    title: (number) => `${number} is being served elsewhere`,
    how: 'Without a connection, the number was called twice. Call the next person.',
  },
  arrival: {
    title: (number) => `${number} is here`,
    how: (key) => `The queue is no longer empty. Press ${key} to call.`,
  },
  title: {
    idle: (waiting, counter) => (waiting > 0 ? `(${waiting}) ${counter} – Aufruf` : `${counter} – Aufruf`),
    visit: (number, counter) => `${number} · ${counter} – Aufruf`,
    arrival: (number) => `● ${number} is here – Aufruf`,
  },
  refusals: refusalsEn,
  location: locationEn,
  keys: { ctrl: 'Ctrl' },
};
