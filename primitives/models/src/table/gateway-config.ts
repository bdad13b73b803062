import { engineConfigSchema } from '@heavylift/engine/config'
import { z } from 'zod'
import { discoverSchema } from '../discovery/discover-config.ts'
import { referenceProblem } from '../secret.ts'
import { replicaTraits } from './replica-traits.ts'

/** Names that people choose: providers, models, tasks. They stand in addresses and logs. */
const name = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._:/-]{0,127}$/, 'expected letters, digits and . _ : / -, at most 128')

const secretReference = z.string().superRefine((reference, context) => {
  const message = referenceProblem(reference)
  if (message !== null) context.addIssue({ code: 'custom', message })
})

const milliseconds = z.int().min(1).max(3_600_000)

/** A replica's address, alone or with what the balancer should know of it. */
const replica = z.preprocess(
  (value) => (typeof value === 'string' ? { url: value } : value),
  z
    .strictObject({
      url: z.url({ protocol: /^https?$/ }).describe('Base address up to and with /v1.'),
      zone: z
        .string()
        .max(100)
        .nullable()
        .default(null)
        .describe('Where it stands; the fleet page groups by it.'),
      ...replicaTraits(secretReference),
    })
    .refine(({ url, tls }) => tls === null || url.startsWith('https:'), {
      message: 'tls is for addresses that begin with https:',
    }),
)

/** Below /v1, exact or with all below it; `at` where it is elsewhere on a replica's host. */
const pathPattern = z
  .string()
  .max(200)
  .regex(
    /^(?:\/[A-Za-z0-9_.-]+)+(?:\/\*)?$/,
    'expected a path such as /audio/speech, or with all below it, such as /files/*',
  )
const path = z.preprocess(
  (value) => (typeof value === 'string' ? { path: value } : value),
  z
    .strictObject({ path: pathPattern, at: pathPattern.nullable().default(null) })
    .refine(({ path, at }) => at === null || path.endsWith('/*') === at.endsWith('/*'), {
      message: 'path and at both end with /*, or neither does',
    }),
)
const paths = z
  .array(path)
  .max(200)
  .default([])
  .describe(
    'What else its replicas serve below /v1, passed as bytes: /audio/speech, /images/*, /rerank, /realtime, or { "path": "/tokenize", "at": "/tokenize" } for what is not below the base address.',
  )

const openAiProvider = z.strictObject({
  kind: z.literal('openai').describe('vLLM, llama-server, Ollama, OpenAI: anything OpenAI-compatible.'),
  replicas: z.array(replica).default([]).describe('May be empty where they are looked for.'),
  discover: discoverSchema(secretReference)
    .nullable()
    .default(null)
    .describe('Looks for replicas, beside those that are named: by DNS, in Kubernetes, in Amazon ECS.'),
  metrics: z
    .strictObject({
      path: z
        .string()
        .regex(/^\/(?![/\\])/, 'expected a path that begins with one /')
        .default('/metrics'),
      everyMs: z.int().min(200).max(60_000).default(1_000),
    })
    .nullable()
    .default(null)
    .describe(
      "Asks each replica's own metrics (vLLM, SGLang, llama.cpp, TGI) how many requests it has: what others send there counts in the choice, and the fleet page shows it.",
    ),
  apiKey: secretReference.nullable().default(null),
  /** APIs that it speaks itself; the others are translated to chat completions. */
  apis: z
    .array(z.enum(['chat', 'completions', 'embeddings', 'responses', 'messages']))
    .min(1)
    .default(['chat', 'completions', 'embeddings']),
  paths,
  healthPath: z
    .string()
    // Two slashes would name another host, and a backslash is one too (WHATWG URL, 4.4).
    .regex(/^\/(?![/\\])/, 'expected a path that begins with one /')
    .nullable()
    .optional()
    .describe(
      "Path on the replica's host that answers 2xx while it is well; null for no active checks. Left out, the models below the base address are asked for, and any answer but a 5xx counts, since not every server lists them.",
    ),
})

const anthropicProvider = z.strictObject({
  kind: z.literal('anthropic'),
  replicas: z
    .array(replica)
    .min(1)
    .default([
      {
        url: 'https://api.anthropic.com/v1',
        weight: 1,
        maxInFlight: null,
        prefillTokensPerSecond: 4000,
        cacheTokens: 200_000,
        zone: null,
        tls: null,
      },
    ]),
  apiKey: secretReference,
  paths,
  version: z.string().default('2023-06-01').describe('Value of the anthropic-version header.'),
})

const bedrockProvider = z.strictObject({
  kind: z.literal('bedrock'),
  region: z.string().regex(/^[a-z0-9-]+$/),
  /** Another endpoint than AWS's own for the region. */
  endpoint: z
    .url({ protocol: /^https?$/ })
    .nullable()
    .default(null),
  accessKeyId: secretReference,
  secretAccessKey: secretReference,
  sessionToken: secretReference.nullable().default(null),
})

const engineProvider = z.strictObject({
  kind: z.literal('engine').describe('The local engine: a child process that serves one pulled GGUF model.'),
  ...engineConfigSchema.shape,
})

export const policyNames = [
  'least-outstanding',
  'least-tokens',
  'power-of-two',
  'round-robin',
  'weighted',
  'prefix-affinity',
  'prefill-aware',
] as const

const target = z.strictObject({
  provider: name,
  model: z.string().min(1).describe('The name by which the provider knows the model.'),
  /** Targets of tier 0 share the load; the next tier is tried when all before it fail, are full or open. */
  tier: z.int().min(0).max(9).default(0),
})

const model = z.strictObject({
  targets: z.array(target).min(1),
  policy: z.enum(policyNames).default('least-outstanding'),
  deadlines: z
    .strictObject({
      firstTokenMs: milliseconds.default(60_000),
      betweenTokensMs: milliseconds.default(30_000),
      wholeAnswerMs: milliseconds
        .nullable()
        .default(null)
        .describe(
          'Until an answer in one piece is whole, at each replica; null for half of totalMs, so that another replica can still be asked.',
        ),
      totalMs: milliseconds.default(600_000),
    })
    .prefault({}),
  retries: z.int().min(0).max(5).default(2).describe('Further attempts, only before the first byte.'),
  hedgeAfterMs: milliseconds
    .nullable()
    .default(null)
    .describe('Asks a second replica when the first sent no byte for this long; the first to answer wins.'),
  queue: z
    .strictObject({
      maxWaiting: z.int().min(0).max(100_000).default(256),
      maxWaitMs: milliseconds.default(30_000),
    })
    .prefault({}),
  cache: z
    .strictObject({
      ttlSeconds: z.int().min(1).default(3600),
      replay: z.enum(['at-once', 'natural']).default('at-once'),
      shared: z.boolean().default(false).describe('One tenant’s answers may answer another.'),
    })
    .nullable()
    .default(null)
    .describe('Exact answers kept and given again; null for none.'),
  /** Cheapest-first: answers that fail the check are asked for again from the next of `cascade`. */
  cascade: z
    .strictObject({
      to: name.describe('The model to ask when the answer of this one is not good enough.'),
      accept: z
        .strictObject({
          minCharacters: z.int().min(0).default(1),
          json: z.boolean().default(false).describe('The answer has to be JSON.'),
          finishReasons: z.array(z.string()).default(['stop', 'tool_calls']),
          refusePattern: z
            .string()
            .nullable()
            .default(null)
            .describe('A regular expression; answers that match are not good enough.'),
        })
        .prefault({}),
    })
    .nullable()
    .default(null),
  promptCacheHints: z
    .boolean()
    .default(true)
    .describe('Marks long stable prefixes for providers that want marks.'),
})

/** US dollars a million tokens. */
const price = z.strictObject({
  input: z.number().min(0),
  output: z.number().min(0),
  cacheRead: z.number().min(0).optional(),
  cacheWrite: z.number().min(0).optional(),
  cacheWrite1h: z.number().min(0).optional().describe('Kept for an hour; as cacheWrite when left out.'),
})

const limits = z.strictObject({
  requestsPerMinute: z.int().min(1).nullable().default(null),
  tokensPerMinute: z.int().min(1).nullable().default(null),
  maxInFlight: z.int().min(1).nullable().default(null),
  budgetUsdPerDay: z.number().min(0).nullable().default(null),
  budgetUsdPerMonth: z.number().min(0).nullable().default(null),
  weight: z.number().min(0.01).max(1000).default(1).describe('Share of the queue under load.'),
  models: z.array(name).nullable().default(null).describe('Models that it may ask for; null for all.'),
})

/**
 * The gateway's table (`models.config.json`). Secrets stand in it by reference only. Every field has a default
 * that works; the smallest useful table names one provider and one model.
 */
export const gatewayConfigSchema = z.strictObject({
  providers: z
    .record(
      name,
      z.discriminatedUnion('kind', [openAiProvider, anthropicProvider, bedrockProvider, engineProvider]),
    )
    .default({}),
  models: z.record(name, model).default({}),
  /** Which model serves a class of work: `{ "answer": "large", "planner": "small" }`. `default` serves the rest. */
  tasks: z.record(name, name).default({}),
  prices: z
    .record(z.string(), price)
    .default({})
    .describe('By upstream model; wins over the built-in table.'),
  tenants: z.record(z.string(), limits).default({}),
  keys: z
    .record(z.string(), limits)
    .default({})
    .describe('By key id, beside the limits of its tenant; a key that is not listed has only those.'),
  /** For tenants that are not listed. */
  defaults: limits.prefault({}),
  responses: z
    .strictObject({
      keepDays: z
        .int()
        .min(0)
        .max(3650)
        .default(30)
        .describe(
          'How long the gateway keeps what it answered in the Responses API, to be gone on from; 0 keeps nothing. A request with `store: false` is never kept.',
        ),
    })
    .prefault({}),
  batches: z
    .strictObject({
      keepDays: z
        .int()
        .min(1)
        .max(3650)
        .default(30)
        .describe('How long files of batches are kept, uploaded and written ones.'),
    })
    .prefault({}),
  log: z
    .strictObject({
      prompts: z.boolean().default(false).describe('Keeps prompts and answers in the request log.'),
      keepDays: z.int().min(1).max(3650).default(30),
    })
    .prefault({}),
})

export type GatewayConfig = z.output<typeof gatewayConfigSchema>
export type ProviderConfig = GatewayConfig['providers'][string]
export type ModelConfig = GatewayConfig['models'][string]
export type ReplicaConfig = Extract<ProviderConfig, { kind: 'openai' }>['replicas'][number]
export type LimitsConfig = GatewayConfig['defaults']

/** A model with everything else as usual. */
export function modelConfigOf(targets: ModelConfig['targets']): ModelConfig {
  return { ...model.parse({ targets: [{ provider: 'x', model: 'x' }] }), targets }
}

export type PolicyName = (typeof policyNames)[number]
