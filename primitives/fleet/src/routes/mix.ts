import { createHash } from 'node:crypto'
import { NotFoundError, route } from '@heavylift/core'
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
      played: z
        .object({ cost: z.number(), waitingShare: z.number() })
        .describe('What it comes to on demand that was not among the scenarios.'),
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

const purchaseKind = 'sample-purchase'
const billKind = 'actual-cost'

export const mixRoutes = ({ threads, store, ids, clock }: FleetContext) => {
  // One outcome for everybody, so it is planned once; a failure is tried again.
  let planned: Promise<z.output<typeof study>> | null = null
  const plan = async () => {
    const signal = new AbortController().signal
    const stream = await threads.run({ tenantId: 'sample', task: mixTask, input: null, signal })
    return study.parse(await new Response(stream).json())
  }
  const latest = () => {
    planned ??= plan().catch((error: unknown) => {
      planned = null
      throw error
    })
    return planned
  }
  return [
    route({
      method: 'get',
      path: '/mix',
      summary: 'The cheapest purchase for a quarter of sample demand at each of four risks, with its days.',
      access: 'operator',
      response: study,
      handle: latest,
    }),
    route({
      method: 'post',
      path: '/mix/purchases',
      summary:
        'Writes the plan at one of the risks into the ledger as bought, with what it comes to on demand that was not planned with.',
      access: 'operator',
      body: z.object({ mayWait: z.number() }),
      response: z.object({ decisionId: z.string(), planned: z.number(), actual: z.number() }),
      handle: async ({ body, caller }) => {
        const { hours, plans } = await latest()
        const one = plans.find(({ mayWait }) => mayWait === body.mayWait)
        if (one === undefined)
          throw new NotFoundError({
            code: 'no-such-plan',
            message: `No plan lets ${body.mayWait} of the GPU-hours wait. There are ${plans.map(({ mayWait }) => mayWait).join(', ')}.`,
          })
        const { mayWait, cost, purchases, waitingShare, played } = one
        const { tenantId } = caller
        const decisionId = ids.next('decision')
        await store.ledger.decide({
          id: decisionId,
          tenantId,
          system: 'fleet',
          kind: purchaseKind,
          subjectId: `sample/${mayWait}`,
          inputRef: null,
          inputHash: createHash('sha256').update(JSON.stringify({ hours, mayWait, purchases })).digest('hex'),
          output: {
            cost,
            hours,
            waitingShare,
            purchases: purchases.map(({ offer, units, fromHour }) => ({ offer, units, fromHour })),
          },
          confidence: null,
          costMicros: 0,
          durationMs: 0,
          version: 'mix@1',
          atMs: clock.nowMs(),
        })
        await store.ledger.outcome({
          tenantId,
          subjectId: decisionId,
          kind: billKind,
          value: played.cost,
          idempotencyKey: decisionId,
          atMs: clock.nowMs(),
        })
        return { decisionId, planned: cost, actual: played.cost }
      },
    }),
  ]
}
