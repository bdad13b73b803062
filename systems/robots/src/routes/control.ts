import { NotFoundError, route } from '@heavylift/core'
import { z } from 'zod'
import type { RobotsContext } from '../context.ts'
import { EmergencyStop } from '../control/store/emergency-stop.ts'
import { FloorLog } from '../control/store/floor-log.ts'

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

/** Floors that are under control: how far their tasks are, and their emergency stop. */
export const controlRoutes = ({ store, clock, log: logger }: RobotsContext) => {
  const open = async (tenantId: string, floorId: string) => {
    const log = new FloorLog(store, { tenantId, floorId })
    if ((await log.floor()) === null)
      throw new NotFoundError({
        code: 'floor-unknown',
        message: `There is no floor ${floorId} under control.`,
      })
    return { log, stop: new EmergencyStop(store, log) }
  }
  const now = (): Date => new Date(clock.nowMs())
  const told = (state: NonNullable<Awaited<ReturnType<EmergencyStop['state']>>>) => ({
    ...state,
    at: state.at.toISOString(),
    releaseAskedAt: state.releaseAskedAt?.toISOString() ?? null,
  })
  return [
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
        troubles: z
          .array(z.object({ robot: z.int(), status: z.string(), why: z.string() }))
          .describe('Robots that do not go on by themselves, and why.'),
      }),
      async handle({ caller, params }) {
        const { log, stop } = await open(caller.tenantId, params.floorId)
        const { open: tasks, finished, done } = await log.countTasks()
        const state = await stop.state()
        return {
          open: tasks,
          finished,
          errandsDone: done,
          stop: state === null ? null : told(state),
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
