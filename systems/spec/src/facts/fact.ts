import { z } from 'zod'
import { conditionSchema } from './condition.ts'
import { constraintSchema, fieldSchema, shapeSchema } from './shape.ts'

/**
 * `proved`: from code that runs. `framework`: the framework's documented behaviour. `declared`: an annotation, a docstring or an OpenAPI file says so. `open`: an
 * answer that the code has, of which is not known when it comes; no requirement, but a question.
 */
export const grades = ['proved', 'framework', 'declared', 'open'] as const
export type Grade = (typeof grades)[number]

/** Where a fact stands: half-open range of UTF-8 bytes of a file of the repository. */
export const evidenceSchema = z.object({
  /** From the repository's root, with `/`. */
  path: z.string(),
  /** What the span is in, from the outside in, e.g. `ArticlesController.create`; empty at the top of a file. */
  symbol: z.string(),
  startByte: z.int(),
  endByte: z.int(),
  /** From 1; for people. Never part of a comparison. */
  line: z.int(),
  /** Hash of the span's tokens without layout and comments: formatting does not change it (`token-hash.ts`). */
  tokenHash: z.string(),
})
export type Evidence = z.output<typeof evidenceSchema>

const base = {
  /** From what the fact says, not from where it stands: it survives moves and renames of code (`fact-id.ts`). */
  id: z.string(),
  /** Folder of the service in the repository, `''` where the root is one. */
  service: z.string(),
  grade: z.enum(grades),
  /** When it holds, beyond the operation being called; `[[]]` is always. In normal form (`normalizeCondition`). */
  condition: conditionSchema,
  /** At least one. The first entails the fact; the others, by path and place, show where its status is set and its condition asked, where its words are written (a constant, a class above, an enumeration), or lead to it (a mount, what is called). */
  evidence: z.array(evidenceSchema),
}
/** Id of the operation that it belongs to. */
const operation = z.string()

/** Requests of one method to one path template are answered. */
export const operationFactSchema = z.object({
  ...base,
  kind: z.literal('operation'),
  /** `GET`…; `*` where any method is answered. */
  method: z.string(),
  /** `/articles/{slug}`; a rest of any length is `{name*}`. */
  path: z.string(),
  /** More may stand before the path: it is not known below what it is mounted. */
  isBelow: z.literal(true).optional(),
  /** Dotted name of what handles it, or '' for a closure. */
  handler: z.string(),
  framework: z.string(),
  /** First sentence of the handler's own documentation; declared, for people. */
  summary: z.string(),
})

export const parameterPlaces = ['path', 'query', 'header', 'cookie', 'form'] as const
export const parameterFactSchema = z.object({
  ...base,
  kind: z.literal('parameter'),
  operation,
  in: z.enum(parameterPlaces),
  name: z.string(),
  /** Of a path parameter: which of the template's it is, from 0. Else 0. */
  position: z.int(),
  shape: shapeSchema,
  isRequired: z.boolean(),
  /** What it is when it is left out, as JSON; absent where that is not known. */
  default: z.string().optional(),
  constraints: z.array(constraintSchema),
})

/** The media type of a body that may have any. */
export const anyMedia = '*/*'

export const bodyFactSchema = z.object({
  ...base,
  kind: z.literal('body'),
  operation,
  /** One, or `anyMedia`. */
  mediaType: z.string(),
  shape: shapeSchema,
  isRequired: z.boolean(),
})

/** An answer that is no error (below 400). */
export const responseFactSchema = z.object({
  ...base,
  kind: z.literal('response'),
  operation,
  status: z.int(),
  mediaType: z.string(),
  shape: shapeSchema,
})

/** What of a request shows who calls. A header's name is in lower case. */
export const credentialSchema = z.object({
  in: z.enum(['header', 'cookie', 'query']),
  name: z.string(),
  /** How it is written (`bearer`, `basic`), in lower case; '' where that is not known or it is the bare value. */
  scheme: z.string(),
})
export type Credential = z.output<typeof credentialSchema>

/** Who may call: what is asked before the handler, or in it. */
export const guardFactSchema = z.object({
  ...base,
  kind: z.literal('guard'),
  operation,
  guard: z.enum(['authentication', 'role', 'ownership', 'limit', 'other']),
  /** Name of what guards (middleware, dependency, annotation). */
  name: z.string(),
  /** Roles, scopes or rights asked for. */
  roles: z.array(z.string()),
  /** True where a call without it goes on (optional authentication). */
  isOptional: z.boolean(),
  /** The answer to a call without it; absent where that is not known. */
  status: z.int().optional(),
  /** Any of these shows who calls; empty where that is not known. */
  credentials: z.array(credentialSchema).default([]),
})

/** An answer of 400 and above, and what raises it. */
export const errorFactSchema = z.object({
  ...base,
  kind: z.literal('error'),
  operation,
  status: z.int(),
  /** Class or call that raises it, e.g. `HTTPException`, `ctx.AbortWithStatus`. */
  raisedBy: z.string(),
  /** Its text where code has it, `…` for what is only known when it runs. */
  message: z.string(),
  /** Of its body, where code makes one. */
  shape: shapeSchema.default({ type: 'unknown' }),
})

export const commandFactSchema = z.object({
  ...base,
  kind: z.literal('command'),
  name: z.string(),
  options: z.array(fieldSchema),
  summary: z.string(),
})
export const exportFactSchema = z.object({
  ...base,
  kind: z.literal('export'),
  name: z.string(),
  signature: z.string(),
})
export const eventFactSchema = z.object({
  ...base,
  kind: z.literal('event'),
  name: z.string(),
  direction: z.enum(['publishes', 'consumes']),
  shape: shapeSchema,
})
export const jobFactSchema = z.object({
  ...base,
  kind: z.literal('job'),
  name: z.string(),
  /** Cron line or interval as the code has it; '' where it is started otherwise. */
  schedule: z.string(),
})
export const modelFactSchema = z.object({
  ...base,
  kind: z.literal('model'),
  name: z.string(),
  fields: z.array(fieldSchema),
  /** It has more: what only answers have, or what was not read. */
  isPart: z.literal(true).optional(),
})
export const stateMachineFactSchema = z.object({
  ...base,
  kind: z.literal('state-machine'),
  name: z.string(),
  states: z.array(z.string()),
  transitions: z.array(z.object({ from: z.string(), to: z.string(), on: z.string() })),
})
export const configurationFactSchema = z.object({
  ...base,
  kind: z.literal('configuration'),
  /** Environment variable or property. */
  name: z.string(),
  default: z.string().optional(),
  isRequired: z.boolean(),
})
/** What a test of the repository asserts of an operation. */
export const assertionFactSchema = z.object({
  ...base,
  kind: z.literal('assertion'),
  operation,
  status: z.int(),
  test: z.string(),
})

export const factSchema = z.discriminatedUnion('kind', [
  operationFactSchema,
  parameterFactSchema,
  bodyFactSchema,
  responseFactSchema,
  guardFactSchema,
  errorFactSchema,
  commandFactSchema,
  exportFactSchema,
  eventFactSchema,
  jobFactSchema,
  modelFactSchema,
  stateMachineFactSchema,
  configurationFactSchema,
  assertionFactSchema,
])

export const factKinds = factSchema.options.map(({ shape }) => shape.kind.value)

export type Fact = z.output<typeof factSchema>
export type FactKind = Fact['kind']
export type FactOf<Kind extends FactKind> = Extract<Fact, { kind: Kind }>
export type OperationFact = FactOf<'operation'>
/** What a request may carry and be answered with: facts that name an operation. */
export type OperationPart = Extract<Fact, { operation: string }>
