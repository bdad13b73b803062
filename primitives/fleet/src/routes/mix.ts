import { route } from '@heavylift/core'
import { z } from 'zod'
import { mixTask } from '../buy/mix-task.ts'
import type { FleetContext } from '../context.ts'

const study = z.object({
  hours: z.int(),
  scenarios: z.int(),
  layers: z.array(z.string()),
  byTheHour: z.number().describe('What all would cost by the hour.'),
  plans: z.array(
    z.object({
      mayWait: z.number().describe('Part of the GPU-hours that may wait.'),
      cost: z.number(),
      gapPct: z.number().describe('No plan costs less by more than this.'),
      waitingShare: z.number(),
      prices: z.record(z.string(), z.number()).describe('What one more of each limit would save.'),
      purchases: z.array(
        z.object({
          offer: z.string(),
          units: z.int(),
          gpus: z.number(),
          fromHour: z.int(),
          hours: z.int(),
          cost: z.number(),
        }),
      ),
      days: z.array(
        z.object({
          day: z.int(),
          demand: z.number(),
          low: z.number(),
          high: z.number(),
          gpus: z.array(z.number()).describe('By layer.'),
          waiting: z.number(),
        }),
      ),
    }),
  ),
})

export const mixRoutes = ({ threads }: FleetContext) => {
  // One outcome for everybody, so it is planned once; a failure is tried again.
  let planned: Promise<z.output<typeof study>> | null = null
  const plan = async () => {
    const signal = new AbortController().signal
    const stream = await threads.run({ tenantId: 'sample', task: mixTask, input: null, signal })
    return study.parse(await new Response(stream).json())
  }
  return [
    route({
      method: 'get',
      path: '/mix',
      summary: 'The cheapest purchase for a quarter of sample demand at each of four risks, with its days.',
      access: 'operator',
      response: study,
      handle: () => {
        planned ??= plan().catch((error: unknown) => {
          planned = null
          throw error
        })
        return planned
      },
    }),
  ]
}
