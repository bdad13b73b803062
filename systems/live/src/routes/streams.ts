import { route } from '@heavylift/core'
import { nameDeadLetterTopic } from '@heavylift/streams'
import { z } from 'zod'
import type { LiveContext } from '../context.ts'
import { feedTopic, outputTopic } from '../pipeline/topics.ts'

const topicSchema = z.object({ topic: z.string(), first: z.number(), next: z.number() })

/** How the streams stand: what is held, how far each processor is, what was late or could not be used. */
export function streamRoutes(live: LiveContext) {
  return [
    route({
      method: 'get',
      path: '/streams',
      summary:
        'Topics with the offsets they hold, and this server’s processors: lag, late events, dead letters.',
      access: 'admin',
      reach: 'installation',
      response: z.object({
        topics: z.array(topicSchema),
        processors: z.array(
          z.object({
            position: z.number(),
            lagEvents: z.number(),
            events: z.number(),
            outputs: z.number(),
            lateEvents: z.number(),
            deadLetters: z.number(),
          }),
        ),
        sink: z.object({
          position: z.number(),
          written: z.number(),
          deadLetters: z.number(),
          retries: z.number(),
        }),
      }),
      async handle() {
        const topics = [
          feedTopic,
          nameDeadLetterTopic(feedTopic),
          outputTopic,
          nameDeadLetterTopic(outputTopic),
        ]
        const { position, written, deadLetters, retries } = live.sink
        return {
          topics: await Promise.all(
            topics.map(async (topic) => ({ topic, ...(await live.streams.range(topic)) })),
          ),
          processors: live.processors.map((running) => ({
            position: running.position,
            lagEvents: running.lagEvents,
            events: running.events,
            outputs: running.outputs,
            lateEvents: running.lateEvents,
            deadLetters: running.deadLetters,
          })),
          sink: { position, written, deadLetters, retries },
        }
      },
    }),
  ]
}
