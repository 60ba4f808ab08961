import type { LocationTexts } from './location-texts.ts';

export const locationEn: LocationTexts = {
  title: 'Location',
  connection: 'Connection',
  state: 'State',
  notSent: 'Not yet transmitted',
  allSent: 'Nothing, all has been transmitted',
  hub: 'Site server',
  runsOn: 'Runs on',
  address: 'Address',
  addressHere: 'The address this page was opened with',
  thisDevice: 'This device',
  ownMachine: 'a machine of its own',
  relays: 'Stand-ins',
  relaysHint: 'While the site server is missing, the first of these devices that can be reached stands in for it.',
  noRelays: 'No stand-in is set up for this location. Without the site server, each device works by itself.',
  serving: 'stands in now',
  idle: 'does not stand in',
  takeover: 'Make this device the site server',
  offered: {
    what: 'The site server is missing. This device can take its place.',
    how: 'Do so only if the old site server is broken and will not be back soon. Until then, work goes on without it.',
  },
  begin: 'Make it the site server …',
  starting: {
    what: 'The new site server is starting on this device.',
    how: 'This takes some seconds. Leave the device switched on.',
  },
  refilling: {
    what: 'The new site server takes from the other devices what has happened today.',
    how: 'This usually takes less than a minute. Leave all devices switched on.',
  },
  done: (since) => ({
    what: `This device is the site server. It has been running here since ${since}.`,
    how: 'Leave the device switched on and Aufruf open: all others work with it. If the old site server comes back, it hands over what only it had, and orders nothing any more.',
  }),
  failedTitle: 'This device has not become the site server',
  failed: {
    port: {
      what: 'Another program uses the address at which devices look for the site server.',
      how: 'End that program, or restart the device, and try again.',
    },
    disk: {
      what: 'The disk of this device does not take the data.',
      how: 'Free some space and try again, or choose another device.',
    },
    clock: { what: 'The clock of this device cannot be right.', how: 'Set the clock and try again.' },
    otherHub: {
      what: 'This device holds data of another site server.',
      how: 'Call your IT support, or choose another device.',
    },
    unexpected: {
      what: 'The site server has ended unexpectedly. Work goes on without it.',
      how: 'Try again. If that does not help, call your IT support: the log says why.',
    },
  },
  refusals: {
    hubAnswers: {
      what: 'The site server answers. There is nothing to take over.',
      how: 'Should it ever be missing, you can make this device the site server here.',
    },
    connecting: {
      what: 'The connection to the site server is being set up.',
      how: 'Whether it answers will show in a few seconds.',
    },
    otherServes: {
      what: 'Another device stands in for the site server.',
      how: 'Make that other device the site server: there it is found at once by all who follow it now. Which one it is you see above.',
    },
    isHub: { what: 'This device is the site server already.', how: 'Leave it switched on.' },
    noRelay: {
      what: 'This device is no stand-in.',
      how: 'Only a device that the configuration names as a stand-in can be made the site server. Those are listed above.',
    },
    cannotHost: {
      what: 'This device cannot run a site server.',
      how: 'Choose another one of the stand-ins listed above, or call your IT support.',
    },
    noMachine: {
      what: 'This page comes from the site server itself.',
      how: 'Its place can be taken at a device with a program of its own that is set up as a stand-in.',
    },
    otherPlace: {
      what: 'The address of this device has been changed meanwhile.',
      how: 'Close this question, read the new address and decide again.',
    },
  },
  confirm: {
    title: (machine) => `Make ${machine} the site server?`,
    does: (address) =>
      `This device becomes the new site server at ${address}. All devices that hear of it follow at once, all others as soon as they are back.`,
    cannotBeUndone:
      'This is for good, also after a restart. The only way back is that another machine takes the place.',
    firstTitle: 'See to this first',
    first: [
      'The old site server is broken and will not be back soon.',
      'It is switched off or cut off from the network. Two site servers that cannot hear each other give the same numbers.',
      'This device can stay switched on during opening hours.',
    ],
    isOff: 'The old site server is off or cut off from the network. I have made sure of it.',
    typeName: (name) => `To confirm, type the name of this device: ${name}`,
    answer: 'Make it the site server now',
  },
};
