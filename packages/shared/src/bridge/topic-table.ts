/** The topics of the bridge: what a screen can watch, with parameters, value and who may. */
import { z } from 'zod';
import { hubOverviewSchema } from '../domain/views/hub-overview.ts';
import {
  callBoardSchema,
  counterDeskSchema,
  counterListSchema,
  counterQueueSchema,
  kioskMenuSchema,
  locationViewSchema,
  syncStatusSchema,
  ticketViewSchema,
} from '../domain/views/view-schemas.ts';
import { counterIdSchema, displayIdSchema, kioskIdSchema, visitIdSchema } from '../lib/ids.ts';
import { ROLES, type Role } from './roles.ts';

const topic = <P extends z.ZodType, V extends z.ZodType>(params: P, value: V, roles: readonly Role[]) => ({
  params,
  value,
  roles,
});

export const topicTable = {
  syncStatus: topic(z.strictObject({}), syncStatusSchema, ROLES),
  location: topic(z.strictObject({}), locationViewSchema.nullable(), ['clerk']),
  kioskMenu: topic(z.strictObject({ kioskId: kioskIdSchema }), kioskMenuSchema.nullable(), ['kiosk']),
  /** null = no such ticket today. */
  ticket: topic(z.strictObject({ visitId: visitIdSchema }), ticketViewSchema.nullable(), ['kiosk', 'visitor']),
  callBoard: topic(z.strictObject({ displayId: displayIdSchema }), callBoardSchema.nullable(), ['display']),
  counterList: topic(z.strictObject({}), counterListSchema.nullable(), ['clerk']),
  counterQueue: topic(z.strictObject({ counterId: counterIdSchema }), counterQueueSchema.nullable(), ['clerk']),
  /** null = the configuration offers nothing of the supervisor's at this counter. */
  hubOverview: topic(z.strictObject({ counterId: counterIdSchema }), hubOverviewSchema.nullable(), ['clerk']),
  counterDesk: topic(z.strictObject({ counterId: counterIdSchema }), counterDeskSchema.nullable(), ['clerk']),
} as const;

export type TopicName = keyof typeof topicTable;
export type TopicParams<T extends TopicName> = z.infer<(typeof topicTable)[T]['params']>;
export type TopicValue<T extends TopicName> = z.infer<(typeof topicTable)[T]['value']>;
