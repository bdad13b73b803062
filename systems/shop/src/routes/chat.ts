import { EventStream, RawResponse, route } from '@heavylift/core'
import { timeMsInput } from '@heavylift/core/input'
import { z } from 'zod'
import { turnOutcomes } from '../assistant/conversations/outcomes.ts'
import { parseEventId } from '../assistant/live-turn.ts'
import type { Plan } from '../assistant/plan/plan.ts'
import { noVerification } from '../assistant/verification.ts'
import type { Understanding } from '../domain/constraints.ts'
import type { ShopContext } from '../context.ts'
import { chatBody, chatRequest } from './chat-body.ts'
import { answerEvents } from './schemas/answer.ts'
import { conversationDetail, conversationRow } from './schemas/conversation.ts'

const streamHeaders = { 'x-vercel-ai-ui-message-stream': 'v1' }

const modelUse = z.object({
  model: z.string().nullable().describe('Null when no model is set up for the task.'),
  state: z.enum(['none', 'used', 'trying', 'unused']),
  tries: z.number(),
  useful: z.number().describe('Tries whose result held and came within a shopper’s patience.'),
  lastFirstSentenceMs: z.number().nullable(),
  nextTryInMs: z.number().nullable(),
})

const examinedUse = modelUse.extend({
  exam: z
    .object({ right: z.number(), asked: z.number(), medianMs: z.number().nullable() })
    .nullable()
    .describe('How many tasks it was given, how many it did rightly, and the median time of one.'),
  usualMs: z.number().nullable().describe('Nine in ten of its last calls were done within this.'),
  allowedMs: z.number().nullable().describe('How long a shopper waits for a call now.'),
  mostMs: z
    .number()
    .nullable()
    .describe('The most that a shopper waits for it in a turn: `shop.modelWaitMs`.'),
})

function useView(use: ReturnType<ShopContext['modelUse']>): z.infer<typeof modelUse> {
  if (use === null)
    return { model: null, state: 'none', tries: 0, useful: 0, lastFirstSentenceMs: null, nextTryInMs: null }
  const { model, state, tries, useful, lastFirstSentenceMs, nextTryInMs } = use
  return { model, state, tries, useful, lastFirstSentenceMs, nextTryInMs }
}

/** The answer as a stream, its resumption, and the record of conversations. */
export function chatRoutes(shop: ShopContext) {
  return [
    route({
      method: 'post',
      path: '/chat',
      summary: 'Asks the assistant; streams the answer in the AI SDK’s UI message stream protocol.',
      access: 'storefront',
      body: chatBody,
      events: answerEvents,
      handle: async ({ caller, headers, body }) => {
        const shopperId = await shop.shoppers.fromHeaders(caller, headers)
        const asked = chatRequest(body)
        const conversationId = asked.conversationId ?? shop.ids.next('conversation')
        const { turnId, events } = await shop.assistant.ask({
          tenantId: caller.tenantId,
          conversationId,
          shopperId,
          clientMessageId: asked.messageId,
          message: asked.message,
          pageProductId: asked.pageProductId,
          device: asked.device,
        })
        return new EventStream(events, {
          ...streamHeaders,
          'x-heavylift-conversation': conversationId,
          'x-heavylift-turn': turnId,
        })
      },
    }),
    route({
      method: 'get',
      path: '/chat/:conversationId/stream',
      summary: 'Goes on with the running answer after Last-Event-ID; 204 when there is none.',
      access: 'storefront',
      params: z.object({ conversationId: z.string() }),
      events: answerEvents,
      handle: async ({ caller, headers, params, lastEventId }) => {
        const shopperId = await shop.shoppers.fromHeaders(caller, headers)
        const place = parseEventId(lastEventId)
        const events = await shop.assistant.resume(caller.tenantId, params.conversationId, shopperId, place)
        return events ? new EventStream(events, streamHeaders) : new RawResponse('', {}, 204)
      },
    }),
    route({
      method: 'get',
      path: '/conversations',
      summary:
        'Conversations, the last one spoken in first; found by words, date and what became of a message.',
      access: 'operator',
      query: z.object({
        shopperId: z.string().optional(),
        words: z
          .string()
          .max(200)
          .optional()
          .describe('What a shopper wrote, as in a search box: all the words, "quoted" together, -without.'),
        outcome: z.enum(turnOutcomes).optional().describe('What became of a message.'),
        from: timeMsInput.optional().describe('Epoch milliseconds of a message, as `to`.'),
        to: timeMsInput.optional(),
        limit: z.coerce.number().int().min(1).max(200).default(50),
        offset: z.coerce.number().int().min(0).default(0),
      }),
      response: z.object({ conversations: z.array(conversationRow) }),
      handle: async ({ caller, query }) => ({
        conversations: (
          await shop.conversations.list(caller.tenantId, {
            limit: query.limit,
            offset: query.offset,
            shopperId: query.shopperId ?? null,
            words: query.words?.trim() ? query.words : null,
            outcome: query.outcome ?? null,
            fromMs: query.from ?? null,
            toMs: query.to ?? null,
          })
        ).map((row) => ({ ...row, createdAt: row.createdAt.getTime(), updatedAt: row.updatedAt.getTime() })),
      }),
    }),
    route({
      method: 'get',
      path: '/model-use',
      summary: 'Whether a model words the answers and reads the messages, and how that was decided.',
      access: 'operator',
      response: modelUse.extend({
        reading: examinedUse.describe(
          'Of reading messages and choosing which goods and which lines of listings answer; its examination: sentences of known kind, and wishes whose answer the catalog tells.',
        ),
      }),
      handle: () => {
        const use = shop.readingUse()
        const { exam = null, usualMs = null, allowedMs = null, mostMs = null } = use ?? {}
        return Promise.resolve({
          ...useView(shop.modelUse()),
          reading: { ...useView(use), exam, usualMs, allowedMs, mostMs },
        })
      },
    }),
    route({
      method: 'get',
      path: '/conversations/:conversationId',
      summary: 'Every turn with its inputs, plan, tool calls and parts.',
      access: 'operator',
      params: z.object({ conversationId: z.string() }),
      response: conversationDetail,
      handle: async ({ caller, params }) => {
        const { conversation, turns } = await shop.conversations.read(caller.tenantId, params.conversationId)
        return {
          conversationId: conversation.id,
          shopperId: conversation.shopper_id,
          state: conversation.state,
          createdAtMs: conversation.created_at.getTime(),
          updatedAtMs: conversation.updated_at.getTime(),
          turns: turns.map((turn) => ({
            turnId: turn.id,
            message: turn.message,
            status: turn.status,
            attempt: turn.attempt,
            device: turn.device,
            pageProductId: turn.page_product_id,
            inputs: turn.inputs,
            inputHash: turn.input_hash,
            plan: turn.plan && withLaterFields(turn.plan),
            calls: turn.calls,
            parts: turn.parts,
            // Older records lack what was counted later.
            verification: turn.verification && { ...noVerification, ...turn.verification },
            version: turn.version,
            error: turn.error,
            firstContentMs: turn.first_content_ms,
            durationMs: turn.duration_ms,
            startedAtMs: turn.started_at.getTime(),
          })),
        }
      },
    }),
  ]
}

/** Older records lack what was told of a message later. */
function withLaterFields(plan: Plan): Plan {
  return {
    ...plan,
    understanding: {
      ...plan.understanding,
      topic: (plan.understanding as Partial<Understanding>).topic ?? null,
    },
    steps: plan.steps.map((step) =>
      step.kind === 'policy'
        ? { ...step, topic: (step as Partial<typeof step>).topic ?? null }
        : step.kind === 'search'
          ? {
              ...step,
              isGuess: (step as Partial<typeof step>).isGuess ?? false,
              said: (step as Partial<typeof step>).said ?? '',
              isRefinement: (step as Partial<typeof step>).isRefinement ?? plan.isRefinement,
              refined: (step as Partial<typeof step>).refined ?? null,
            }
          : step,
    ),
  }
}
