import { NotFoundError, route } from '@heavylift/core'
import { z } from 'zod'
import type { RobotsContext } from '../context.ts'
import { ControlZones } from '../control/store/control-zones.ts'
import type { ControlZone } from '../control/store/control-zones.ts'
import { EmergencyStop } from '../control/store/emergency-stop.ts'
import { FloorLog } from '../control/store/floor-log.ts'
import { FloorReports } from '../control/store/floor-report.ts'
import { controlZoneTypes, refusedZone } from '../control/zone-types.ts'
import { versions } from '../control/vda5050/protocol.ts'

const floorParams = z.object({ floorId: z.string().min(1).max(200) })
const reason = z.string().trim().min(3).max(500).describe('Why, for who reads it afterwards.')
const stopSchema = z.object({
  isLatched: z.boolean(),
  number: z.int().describe('Counts the stops of the floor.'),
  reason: z.string(),
  byWhom: z.string(),
  at: z.iso.datetime(),
  releaseAskedAt: z.iso.datetime().nullable(),
})

const cellNumber = z.int().min(0).max(9_999)
const zoneSchema = z.object({
  id: z.int(),
  type: z.enum(controlZoneTypes),
  top: z.int(),
  left: z.int(),
  bottom: z.int(),
  right: z.int(),
  reason: z.string(),
  byWhom: z.string(),
  at: z.iso.datetime(),
})
const worstFirst = ['quarantined', 'lost', 'away', 'waiting', 'paused', 'ready']
const mostRobots = 500

/** Floors that are under control: how far their tasks are, and their emergency stop. */
export const controlRoutes = ({ store, clock, log: logger }: RobotsContext) => {
  const open = async (tenantId: string, floorId: string) => {
    const log = new FloorLog(store, { tenantId, floorId })
    const floor = await log.floor()
    if (floor === null)
      throw new NotFoundError({
        code: 'floor-unknown',
        message: `There is no floor ${floorId} under control.`,
      })
    return { log, floor, stop: new EmergencyStop(store, log), zones: new ControlZones(store, log) }
  }
  const now = (): Date => new Date(clock.nowMs())
  const told = (state: NonNullable<Awaited<ReturnType<EmergencyStop['state']>>>) => ({
    ...state,
    at: state.at.toISOString(),
    releaseAskedAt: state.releaseAskedAt?.toISOString() ?? null,
  })
  const toldZone = (zone: ControlZone) => ({ ...zone, at: zone.at.toISOString() })
  return [
    route({
      method: 'get',
      path: '/floors',
      summary: 'Floors that are or were under control, the newest first.',
      access: 'operator',
      response: z.object({
        floors: z.array(z.object({ floorId: z.string(), createdAt: z.iso.datetime() })),
      }),
      async handle({ caller }) {
        const floors = await new FloorReports(store).floors(caller.tenantId)
        return {
          floors: floors.map(({ floorId, createdAt }) => ({ floorId, createdAt: createdAt.toISOString() })),
        }
      },
    }),
    route({
      method: 'get',
      path: '/floors/:floorId/robots',
      summary: 'Robots of a floor as the gateway told of them last, those first that need somebody.',
      access: 'operator',
      params: floorParams,
      response: z.object({
        broker: z.string(),
        brokerLostAt: z.iso
          .datetime()
          .nullable()
          .describe('Since when the gateway has not reached the broker; null while it does.'),
        at: z.iso.datetime().nullable().describe('Null before a gateway has led the floor.'),
        byStatus: z.record(z.string(), z.int()),
        counts: z.object({ received: z.int(), sent: z.int(), resent: z.int(), refused: z.int() }),
        robots: z.array(
          z.object({
            robot: z.int(),
            manufacturer: z.string(),
            serialNumber: z.string(),
            version: z.string(),
            status: z.string(),
            cell: z.int(),
            heardAtMs: z.number().nullable(),
            sentAtMs: z.number().nullable(),
            charge: z.number().nullable().describe('Percent.'),
            why: z.string(),
          }),
        ),
        total: z.int(),
      }),
      async handle({ caller, params }) {
        const { log, floor } = await open(caller.tenantId, params.floorId)
        const report = await new FloorReports(store).last(log.key)
        const rows = (report?.robots ?? []).map(([status, cell, heardAtMs, sentAtMs, charge, why], robot) => {
          const { major, manufacturer, serialNumber } = floor.robots[robot]!
          const version = versions[major]
          return {
            robot,
            manufacturer,
            serialNumber,
            version,
            status,
            cell,
            heardAtMs,
            sentAtMs,
            charge,
            why,
          }
        })
        const byStatus: Record<string, number> = {}
        for (const { status } of rows) byStatus[status] = (byStatus[status] ?? 0) + 1
        const rank = (status: string): number => worstFirst.indexOf(status)
        return {
          broker: report?.broker ?? '',
          brokerLostAt: report?.brokerLostAt?.toISOString() ?? null,
          at: report?.at.toISOString() ?? null,
          byStatus,
          counts: report?.counts ?? { received: 0, sent: 0, resent: 0, refused: 0 },
          robots: rows.toSorted((a, b) => rank(a.status) - rank(b.status)).slice(0, mostRobots),
          total: rows.length,
        }
      },
    }),
    route({
      method: 'post',
      path: '/floors/:floorId/zones',
      summary:
        'Draws a zone: a BLOCKED one is planned around from the next step on, in one with a PERSON robots stand at once.',
      access: 'operator',
      params: floorParams,
      body: z
        .object({
          type: z.enum(controlZoneTypes, { error: ({ input }) => refusedZone(input) }),
          top: cellNumber,
          left: cellNumber,
          bottom: cellNumber,
          right: cellNumber,
          reason,
        })
        .refine(({ top, left, bottom, right }) => top <= bottom && left <= right, 'top is below bottom'),
      response: zoneSchema,
      async handle({ caller, params, body }) {
        const { zones } = await open(caller.tenantId, params.floorId)
        return toldZone(await zones.draw({ ...body, byWhom: caller.keyId ?? 'loopback', at: now() }))
      },
    }),
    route({
      method: 'post',
      path: '/floors/:floorId/zones/:zoneId/open',
      summary: 'Takes a zone away.',
      access: 'operator',
      params: floorParams.extend({ zoneId: z.string().max(20) }),
      body: z.object({ reason }),
      async handle({ caller, params, body }) {
        const { zones } = await open(caller.tenantId, params.floorId)
        await zones.open(/^\d{1,9}$/.test(params.zoneId) ? Number(params.zoneId) : -1)
        logger.info({ ...params, reason: body.reason, keyId: caller.keyId }, 'A zone was opened.')
        return null
      },
    }),
    route({
      method: 'get',
      path: '/floors/:floorId/control',
      summary: 'How far the tasks of a floor are, and its emergency stop, null where it was never pressed.',
      access: 'operator',
      params: floorParams,
      response: z.object({
        open: z.int(),
        finished: z.int(),
        errandsDone: z.int(),
        stop: stopSchema.nullable(),
        zones: z.array(zoneSchema),
        troubles: z
          .array(z.object({ robot: z.int(), status: z.string(), why: z.string() }))
          .describe('Robots that do not go on by themselves, and why.'),
      }),
      async handle({ caller, params }) {
        const { log, stop, zones } = await open(caller.tenantId, params.floorId)
        const { open: tasks, finished, done } = await log.countTasks()
        const state = await stop.state()
        return {
          open: tasks,
          finished,
          errandsDone: done,
          stop: state === null ? null : told(state),
          zones: (await zones.all()).map(toldZone),
          troubles: await log.troubles(),
        }
      },
    }),
    route({
      method: 'post',
      path: '/floors/:floorId/stop',
      summary: 'Presses the emergency stop: every robot of the floor stands until it is released.',
      access: 'operator',
      params: floorParams,
      body: z.object({ reason }),
      response: stopSchema,
      async handle({ caller, params, body }) {
        const { stop } = await open(caller.tenantId, params.floorId)
        return told(await stop.press(body.reason, caller.keyId ?? 'loopback', now()))
      },
    }),
    route({
      method: 'post',
      path: '/floors/:floorId/stop/release',
      summary: 'First step of a release: answers the token that the second has to give within a minute.',
      access: 'operator',
      params: floorParams,
      response: z.object({ token: z.string(), confirmUntil: z.iso.datetime() }),
      async handle({ caller, params }) {
        const { stop } = await open(caller.tenantId, params.floorId)
        const { token, confirmUntil } = await stop.askRelease(now())
        return { token, confirmUntil: confirmUntil.toISOString() }
      },
    }),
    route({
      method: 'post',
      path: '/floors/:floorId/stop/confirm',
      summary: 'Second step of a release: robots go on.',
      access: 'operator',
      params: floorParams,
      body: z.object({ token: z.string().length(32), reason }),
      response: stopSchema,
      async handle({ caller, params, body }) {
        const { stop } = await open(caller.tenantId, params.floorId)
        return told(await stop.confirmRelease(body.token, body.reason, caller.keyId ?? 'loopback', now()))
      },
    }),
    route({
      method: 'post',
      path: '/floors/:floorId/robots/:robot/believe',
      summary:
        'Ends the quarantine of a robot that somebody has looked at; one that says again what cannot be is back in it.',
      access: 'operator',
      params: floorParams.extend({ robot: z.string().max(20) }),
      body: z.object({ reason }),
      async handle({ caller, params, body }) {
        const { log } = await open(caller.tenantId, params.floorId)
        const robot = /^\d{1,6}$/.test(params.robot) ? Number(params.robot) : null
        if (robot === null)
          throw new NotFoundError({
            code: 'robot-unknown',
            message: `There is no robot "${params.robot}" on this floor: robots are numbered from 0.`,
          })
        await log.believe(robot)
        logger.info({ ...params, reason: body.reason, keyId: caller.keyId }, 'A robot is believed again.')
        return null
      },
    }),
  ]
}
