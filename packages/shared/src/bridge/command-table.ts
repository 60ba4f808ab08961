/** The commands of the bridge and who may send them. Input, refusals and decider stand with the domain. */
import type { CommandName } from '../domain/commands.ts';
import type { Role } from './roles.ts';

const kiosk = ['kiosk'] as const;
const clerk = ['clerk'] as const;

export const commandRoles = {
  issueTicket: kiosk,
  checkInAppointment: kiosk,
  confirmHandOver: kiosk,
  voidTicket: kiosk,
  bookAppointment: ['portal', 'clerk'],
  openCounter: clerk,
  closeCounter: clerk,
  beginBreak: clerk,
  endBreak: clerk,
  callNext: clerk,
  callSpecific: clerk,
  walkDirect: clerk,
  recall: clerk,
  markArrived: clerk,
  markNoShow: clerk,
  finish: clerk,
  park: clerk,
  resume: clerk,
  requeue: clerk,
  transfer: clerk,
  addFollowUp: clerk,
  editServices: clerk,
  changePriority: clerk,
  changePartySize: clerk,
  cancelVisit: clerk,
  undo: clerk,
  publishConfiguration: ['portal'],
} as const satisfies Record<CommandName, readonly Role[]>;
