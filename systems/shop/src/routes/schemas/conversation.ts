import { z } from 'zod'
import type { ConversationState, TurnInputs } from '../../assistant/conversations/tables.ts'
import type { ToolCall } from '../../assistant/facts.ts'
import type {
  EffectiveSearch,
  Plan,
  ProposalPlan,
  SearchStep,
  Step,
  Subject,
} from '../../assistant/plan/plan.ts'
import { languageCodes } from '../../language/languages.ts'
import type { Verification } from '../../assistant/verification.ts'
import { answerPart } from './answer.ts'
import { memoryKind } from './memory.ts'
import { constraint, sortOrder, topic, understanding } from './understanding.ts'

const search: z.ZodType<EffectiveSearch, EffectiveSearch> = z.object({
  text: z.string(),
  productType: z.string().nullable(),
  constraints: z.array(constraint),
  sort: sortOrder,
  seen: z.exactOptional(z.array(z.string())),
})

const subject: z.ZodType<Subject, Subject> = z.union([
  z.object({ from: z.literal('ids'), ids: z.array(z.string()) }),
  z.object({ from: z.literal('found'), limit: z.number() }),
])

const wanted = z.array(z.object({ name: z.string(), values: z.array(z.string()) }))

const proposal: z.ZodType<ProposalPlan, ProposalPlan> = z.union([
  z.object({ action: z.literal('add-to-cart'), quantity: z.number(), wanted }),
  z.object({
    action: z.literal('auto-buy'),
    quantity: z.number(),
    wanted,
    maxMajor: z.number().nullable(),
  }),
  z.object({
    action: z.literal('price-alert'),
    wanted,
    targetMajor: z.number().nullable(),
    isRestock: z.exactOptional(z.literal(true)),
  }),
  z.object({ action: z.literal('return-items'), orderId: z.string().nullable() }),
  z.object({ action: z.literal('cancel-order'), orderId: z.string().nullable() }),
  z.object({ action: z.literal('forget-memory'), text: z.string().nullable() }),
])

/** A schema for every property of `T`, so that none that is added is dropped from what routes answer. */
type SchemaOf<T> = { [Key in keyof T]-?: z.ZodType<T[Key]> }

const searchStep = z.object({
  kind: z.literal('search'),
  search,
  limit: z.number(),
  isGuess: z.boolean(),
  said: z.string(),
  story: z.exactOptional(z.string()),
  isRefinement: z.boolean(),
  refined: search.nullable(),
  own: z.exactOptional(search.nullable()),
  callsSeen: z.exactOptional(z.array(z.string())),
  inSight: z.exactOptional(z.array(z.string())),
  about: z.exactOptional(z.string()),
  beyond: z.exactOptional(
    z
      .object({
        productId: z.string(),
        comparative: z.object({
          said: z.string(),
          plain: z.exactOptional(z.string()),
          measure: z.enum(['length', 'mass', 'sound']),
          isMore: z.boolean(),
        }),
      })
      .nullable(),
  ),
  isForThing: z.exactOptional(z.boolean()),
} satisfies SchemaOf<SearchStep>)

const step: z.ZodType<Step, Step> = z.union([
  searchStep,
  z.object({
    kind: z.literal('parts'),
    asked: z.array(
      z.object({
        names: z.array(z.string()).readonly(),
        named: z.string().nullable(),
        before: z.string(),
        isForThing: z.boolean(),
      }),
    ),
    inSight: z.array(z.string()),
    search,
    limit: z.number(),
  }),
  z.object({ kind: z.literal('nearest'), said: z.string(), search, limit: z.number() }),
  z.object({
    kind: z.literal('find'),
    search,
    mustBeNamed: z.exactOptional(z.literal(true)),
    inSight: z.exactOptional(z.string()),
    otherwise: z.exactOptional(searchStep),
  } satisfies SchemaOf<Extract<Step, { kind: 'find' }>>),
  z.object({ kind: z.literal('products'), subject }),
  z.object({ kind: z.literal('reviews'), subject }),
  z.object({ kind: z.literal('questions'), subject }),
  z.object({ kind: z.literal('brand-page'), question: z.string(), subject }),
  z.object({ kind: z.literal('compare'), subject }),
  z.object({ kind: z.literal('price-history'), subject }),
  z.object({ kind: z.literal('deals'), search, limit: z.number() }),
  z.object({
    kind: z.literal('memory'),
    text: z.string(),
    kinds: z.array(memoryKind).nullable(),
    limit: z.number(),
  }),
  z.object({ kind: z.literal('orders'), orderId: z.string().nullable() }),
  z.object({ kind: z.literal('policy'), text: z.string(), topic: topic.nullable() }),
  z.object({ kind: z.literal('assortment') }),
  z.object({ kind: z.literal('survey'), search, limit: z.number() }),
  z.object({
    kind: z.literal('free-of'),
    what: z.array(z.string()),
    search: search.nullable(),
    limit: z.number(),
  }),
  z.object({ kind: z.literal('anchor'), productId: z.string() }),
  z.object({ kind: z.literal('cart') }),
  z.object({ kind: z.literal('propose'), proposal, subject: subject.nullable() }),
])

const plan: z.ZodType<Plan, Plan> = z.object({
  understanding,
  kind: z.enum([
    'results',
    'comparison',
    'product-answer',
    'review-answer',
    'price-history',
    'deals',
    'recall',
    'orders',
    'returns',
    'policy',
    'proposal',
    'memory',
    'advice',
    'assortment',
    'how-to',
    'allergy',
    'care',
    'not-ours',
    'chat',
    'clarify',
  ]),
  steps: z.array(step),
  search: search.nullable(),
  isRefinement: z.boolean(),
  clarify: z.enum(['which-product', 'sign-in', 'which-order', 'too-few', 'knowledge']).nullable(),
})

const state: z.ZodType<ConversationState, ConversationState> = z.object({
  shownIds: z.exactOptional(z.array(z.string())),
  focusId: z.exactOptional(z.string().nullable()),
  leftPageId: z.exactOptional(z.string().nullable()),
  listIds: z.exactOptional(z.array(z.string())),
  lookedAtIds: z.exactOptional(z.array(z.string())),
  variantIds: z.exactOptional(z.record(z.string(), z.string())),
  warned: z.exactOptional(z.array(z.string())),
  search: z.exactOptional(search.nullable()),
  keptFrom: z.exactOptional(z.array(z.string())),
  asked: z.exactOptional(z.string()),
  spoken: z.exactOptional(z.enum(languageCodes)),
  recent: z.exactOptional(z.array(z.string())),
})

const inputs: z.ZodType<TurnInputs, TurnInputs> = z.object({
  message: z.string(),
  pageProductId: z.string().nullable(),
  device: z.string().nullable(),
  shopperId: z.string().nullable(),
  state,
  atMs: z.number(),
})

/** Arguments and results are whatever the step took and found: ids and counts, kept for people to read. */
const toolCall: z.ZodType<ToolCall, ToolCall> = z.object({
  step: z.string(),
  arguments: z.unknown(),
  result: z.unknown(),
  tookMs: z.number(),
  error: z.string().nullable(),
})

const verification: z.ZodType<Verification, Verification> = z.object({
  written: z.number(),
  kept: z.number(),
  replaced: z.number(),
  dropped: z.number(),
  repeated: z.number(),
  rejected: z.array(z.object({ sentence: z.string(), reason: z.string() })),
  author: z.enum(['model', 'composer', 'both']),
  modelError: z.string().nullable(),
  promptTokens: z.number(),
  completionTokens: z.number(),
  model: z.string().nullable(),
  costMicros: z.number(),
})

export const conversationRow = z.object({
  id: z.string(),
  shopperId: z.string().nullable().describe('Null for an anonymous shopper.'),
  turns: z.number(),
  firstMessage: z.string().nullable(),
  createdAt: z.number().describe('Epoch milliseconds, as the next.'),
  updatedAt: z.number(),
})

const turn = z.object({
  turnId: z.string(),
  message: z.string(),
  status: z.enum(['running', 'done', 'failed', 'interrupted']),
  attempt: z.number(),
  device: z.string().nullable(),
  pageProductId: z.string().nullable(),
  inputs: inputs.nullable(),
  inputHash: z.string().nullable(),
  plan: plan.nullable(),
  calls: z.array(toolCall).nullable(),
  parts: z.array(answerPart).nullable().describe('As they were sent, in order.'),
  verification: verification.nullable(),
  version: z.string().nullable(),
  error: z.string().nullable(),
  firstContentMs: z.number().nullable(),
  durationMs: z.number().nullable(),
  startedAtMs: z.number(),
})

export const conversationDetail = z.object({
  conversationId: z.string(),
  shopperId: z.string().nullable(),
  state,
  createdAtMs: z.number(),
  updatedAtMs: z.number(),
  turns: z.array(turn),
})
export type ConversationTurn = z.output<typeof turn>
