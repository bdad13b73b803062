import { route } from '@heavylift/core'
import type { ExperimentReport } from '@heavylift/store'
import { z } from 'zod'
import type { ShopConfig } from '../config.ts'
import type { ShopContext } from '../context.ts'

const arms = { off: 1, on: 1 }

const interval = z.object({ estimate: z.number(), low: z.number(), high: z.number() })

const report: z.ZodType<ExperimentReport, ExperimentReport> = z.object({
  arms: z.array(
    z.object({
      arm: z.string(),
      units: z.number(),
      converted: z.number(),
      rate: interval,
      value: z.number(),
    }),
  ),
  waiting: z.number(),
  uplift: interval.nullable(),
  difference: interval.nullable(),
  sequentialPValue: z.number().nullable(),
})

/** The experiment as the server's overview of all experiments reads it. */
export const assistantExperiment = (config: ShopConfig) => ({
  name: 'shop.assistant',
  outcomeKind: 'purchase',
  units: 'shoppers',
  betterIs: 'more' as const,
  attributionMs: config.attributionHours * 60 * 60 * 1000,
})

const keyOf = (shop: ShopContext, tenantId: string) => {
  const { name, attributionMs } = assistantExperiment(shop.config)
  return { tenantId, name, arms, attributionMs }
}

export const experimentReport = (shop: ShopContext, tenantId: string) =>
  shop.store.ledger.experiment(keyOf(shop, tenantId), 'purchase')

/** Whether the assistant helps: shoppers with it against shoppers without. */
export function experimentRoutes(shop: ShopContext) {
  return [
    route({
      method: 'get',
      path: '/assignment',
      summary: 'Whether this shopper gets the assistant; everyone does while the experiment is off.',
      access: 'storefront',
      response: z.object({ arm: z.string().describe('`on` or `off`.'), experiment: z.boolean() }),
      handle: async ({ caller, headers }) => {
        if (!shop.config.experiment) return { arm: 'on', experiment: false }
        const shopperId = await shop.shoppers.require(caller, headers)
        return {
          arm: await shop.store.ledger.assign(keyOf(shop, caller.tenantId), shopperId),
          experiment: true,
        }
      },
    }),
    route({
      method: 'post',
      path: '/outcomes',
      summary: 'Something that happened outside, e.g. a purchase in the store’s own checkout.',
      access: 'operator',
      body: z.object({
        shopperId: z.string().min(1).max(200),
        kind: z.string().regex(/^[a-z][a-z0-9-]*$/, 'lower-case letters, digits and dashes'),
        value: z.number(),
        idempotencyKey: z.string().min(1).max(200),
        at: z.iso.datetime({ offset: true }).optional(),
      }),
      handle: async ({ caller, body }) => {
        await shop.store.ledger.outcome({
          tenantId: caller.tenantId,
          subjectId: body.shopperId,
          kind: body.kind,
          value: body.value,
          idempotencyKey: body.idempotencyKey,
          atMs: body.at === undefined ? shop.clock.nowMs() : Date.parse(body.at),
        })
        return null
      },
    }),
    route({
      method: 'get',
      path: '/experiment',
      summary: 'Conversion with and without the assistant, with intervals.',
      access: 'operator',
      response: z.object({ running: z.boolean(), attributionHours: z.number(), report }),
      handle: async ({ caller }) => ({
        running: shop.config.experiment,
        attributionHours: shop.config.attributionHours,
        report: await experimentReport(shop, caller.tenantId),
      }),
    }),
  ]
}
