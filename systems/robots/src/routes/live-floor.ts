import { EventStream, route } from '@heavylift/core'
import { z } from 'zod'
import { liveStop } from '../live/live-stop.ts'
import type { RobotsContext } from '../context.ts'
import type { FloorAnswer } from '../live/floor-commands.ts'
import { floorSchema, keyframeSchema, robotSchema, stepSchema, zoneSchema } from '../live/frames.ts'
import { zoneTypes } from '../live/words.ts'

const reason = z.string().trim().min(3).max(200).describe('Why; it is kept with the command.')
const robotList = z.object({ robots: z.array(z.int()) })
const cell = z.int().min(0).max(1999)

/** The floor at work: its picture as a stream, and what people may do to it. */
export const liveFloorRoutes = ({ floor, clock, store, log }: RobotsContext) => {
  const stop = liveStop(store)
  const now = (): Date => new Date(clock.nowMs())
  /** Each command is logged with who gave it and why. */
  const note = (what: string, keyId: string | null, details: object): void =>
    log.info({ ...details, keyId }, `Robots' floor: ${what}.`)
  const robotsOf = (answer: FloorAnswer) => robotList.parse(answer)
  return [
    route({
      method: 'get',
      path: '/floor/stream',
      summary: 'The floor, a keyframe, and then what every robot does, step by step.',
      access: 'operator',
      reach: 'installation',
      events: { floor: floorSchema, keyframe: keyframeSchema, step: stepSchema },
      handle: ({ signal }) => new EventStream(floor.watch(signal)),
    }),
    route({
      method: 'get',
      path: '/floor/robots/:robot',
      summary: 'One robot: where it is, what it is about, and the way before it.',
      access: 'operator',
      reach: 'installation',
      params: z.object({ robot: z.coerce.number().int().min(0).max(100_000) }),
      response: robotSchema,
      handle: async ({ params }) =>
        robotSchema.parse(await floor.ask({ type: 'robot', robot: params.robot })),
    }),
    route({
      method: 'post',
      path: '/floor/zones',
      summary: 'Draws a zone; the next step is planned with it.',
      access: 'operator',
      reach: 'installation',
      body: z
        .object({ type: z.enum(zoneTypes), top: cell, left: cell, bottom: cell, right: cell, reason })
        .refine(({ top, left, bottom, right }) => top <= bottom && left <= right, 'top is below bottom'),
      response: zoneSchema,
      async handle({ body, caller }) {
        const zone = zoneSchema.parse(await floor.ask({ type: 'zone', zone: body }))
        note(`zone ${zone.id} drawn`, caller.keyId, body)
        return zone
      },
    }),
    route({
      method: 'post',
      path: '/floor/zones/:id/open',
      summary: 'Takes a zone away.',
      access: 'operator',
      reach: 'installation',
      params: z.object({ id: z.coerce.number().int() }),
      body: z.object({ reason }),
      async handle({ params, body, caller }) {
        await floor.ask({ type: 'open', id: params.id })
        note(`zone ${params.id} opened`, caller.keyId, body)
        return null
      },
    }),
    route({
      method: 'post',
      path: '/floor/unplug',
      summary: 'Pulls the plug of robots, named or so many at random: a trial of what a floor can bear.',
      access: 'operator',
      reach: 'installation',
      body: z.object({
        robots: z.array(z.int().min(0)).max(1000).default([]),
        count: z.int().min(0).max(1000).default(0),
        reason,
      }),
      response: robotList,
      async handle({ body, caller }) {
        const answer = robotsOf(await floor.ask({ type: 'unplug', robots: body.robots, count: body.count }))
        note('robots unplugged', caller.keyId, { ...answer, reason: body.reason })
        return answer
      },
    }),
    route({
      method: 'post',
      path: '/floor/mend',
      summary: 'Robots that failed work again: those named, or all.',
      access: 'operator',
      reach: 'installation',
      body: z.object({ robots: z.array(z.int().min(0)).max(1000).default([]), reason }),
      response: robotList,
      async handle({ body, caller }) {
        const answer = robotsOf(await floor.ask({ type: 'mend', robots: body.robots }))
        note('robots mended', caller.keyId, { ...answer, reason: body.reason })
        return answer
      },
    }),
    route({
      method: 'post',
      path: '/floor/stop',
      summary: 'Emergency stop: every robot stands from the next step on, until it is released.',
      access: 'operator',
      reach: 'installation',
      body: z.object({ reason }),
      async handle({ body, caller }) {
        // At once; what is kept after it outlives the floor.
        await floor.ask({ type: 'stop', reason: body.reason })
        await stop.press(body.reason, caller.keyId ?? 'loopback', now())
        note('stopped', caller.keyId, body)
        return null
      },
    }),
    route({
      method: 'post',
      path: '/floor/stop/check',
      summary: 'First step of a release: the floor has been looked at. Gives what the second step needs.',
      access: 'operator',
      reach: 'installation',
      response: z.object({ token: z.string(), untilMs: z.number() }),
      async handle() {
        const { token, confirmUntil } = await stop.askRelease(now())
        return { token, untilMs: confirmUntil.getTime() }
      },
    }),
    route({
      method: 'post',
      path: '/floor/stop/release',
      summary: 'Second step of a release: robots move again.',
      access: 'operator',
      reach: 'installation',
      body: z.object({ token: z.string(), reason }),
      async handle({ body, caller }) {
        await stop.confirmRelease(body.token, body.reason, caller.keyId ?? 'loopback', now())
        await floor.ask({ type: 'release' })
        note('released', caller.keyId, { reason: body.reason })
        return null
      },
    }),
  ]
}
