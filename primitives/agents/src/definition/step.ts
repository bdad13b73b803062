import { z } from 'zod'

/** The name of a step, tool or trigger in its definition. It never changes: runs, edits and diffs join by it. */
export const stepId = z
  .string()
  .regex(/^[a-z][a-z0-9_]*$/, 'small letters, digits and underscores, beginning with a letter')
  .max(64)

/** JSON whose strings may hold `${CEL}`. A string that is one `${CEL}` keeps the type of its value; `$${` is a plain `${`. */
const template = z.unknown()

/** A CEL expression by itself, typed when the definition is saved. */
const cel = z.string().min(1).max(10_000)

/** An ISO 8601 duration: `PT30M`, `P3D`. */
const duration = z.iso.duration()

/** The step before, and by which of its exits: `classify`, `classify/refund` (a case), `charge/error`, `ask/refused`. */
const after = z
  .string()
  .regex(
    /^[a-z][a-z0-9_]*(\/[a-z][a-z0-9_]*)?$/,
    'a step, or a step and its exit: `charge` or `charge/error`',
  )

/** How a call that failed for a passing reason is tried again. */
export const retry = z.strictObject({
  attempts: z.int().min(1).max(20),
  firstWait: duration.default('PT1S'),
  factor: z.number().min(1).max(10).default(2),
})

const common = {
  id: stepId,
  title: z.string().max(120).optional(),
  /** Runs once all of them have ended and one of the named exits was taken; skipped when none was. Empty: runs at the start. */
  after: z.array(after).max(50).default([]),
  /** Runs only where this is true; otherwise it is skipped, and what comes after it goes on. */
  when: cel.optional(),
  timeout: duration.optional(),
  retry: retry.optional(),
  /** For people: why it is so; imports write here what they could not map. */
  note: z.string().max(4_000).optional(),
}

const toolStep = z.strictObject({
  ...common,
  kind: z.literal('tool'),
  tool: stepId,
  with: template.default({}),
})

const modelStep = z.strictObject({
  ...common,
  kind: z.literal('model'),
  /** A route of the gateway. */
  model: z.string().max(200).default('default'),
  system: z.string().max(100_000).optional(),
  prompt: z.string().min(1).max(100_000),
  /** JSON Schema of the answer; without it the answer is text. */
  output: z.record(z.string(), z.unknown()).optional(),
  maxTokens: z.int().min(1).max(200_000).optional(),
  temperature: z.number().min(0).max(2).optional(),
})

const branchStep = z.strictObject({
  ...common,
  kind: z.literal('branch'),
  /** The first whose `when` is true is the exit that is taken; else `otherwise`. */
  cases: z
    .array(z.strictObject({ id: stepId, when: cel }))
    .min(1)
    .max(50),
})

const waitStep = z.strictObject({
  ...common,
  kind: z.literal('wait'),
  /** For a time, until a moment (CEL of a timestamp), or for an event by its type. One of the three. */
  for: duration.optional(),
  until: cel.optional(),
  event: z.string().max(200).optional(),
})

const approveStep = z.strictObject({
  ...common,
  kind: z.literal('approve'),
  /** People or roles that may answer. */
  who: z.array(z.string().max(200)).min(1).max(50),
  /** What is asked, as a template; with what it shows as evidence. */
  ask: z.string().min(1).max(4_000),
  show: template.optional(),
  deadline: duration.default('P3D'),
  /** The exit that is taken when nobody answered. */
  late: z.enum(['refused', 'approved', 'error']).default('refused'),
})

const agentStep = z.strictObject({
  ...common,
  kind: z.literal('agent'),
  agent: z.string().max(64),
  /** A version, or the live one. */
  version: z.int().min(1).optional(),
  with: template.default({}),
})

const codeStep = z.strictObject({
  ...common,
  kind: z.literal('code'),
  /** JavaScript, run in QuickJS without I/O: the body of a function of `input`. */
  code: z.string().min(1).max(100_000),
  with: template.default({}),
  /** True where an import brought it and nobody has looked at it: it does not run until then. */
  review: z.boolean().default(false),
})

const setStep = z.strictObject({ ...common, kind: z.literal('set'), value: template })

const loopStep = z.strictObject({
  ...common,
  kind: z.literal('loop'),
  model: z.string().max(200).default('default'),
  /** What is to be reached, as a template. */
  goal: z.string().min(1).max(100_000),
  system: z.string().max(100_000).optional(),
  /** The tools the model may choose among. */
  tools: z.array(stepId).max(200),
  maxTurns: z.int().min(1).max(200).default(20),
  /** Stops after the turn in which it is true; CEL over `turn`, `calls`, `text`. */
  stop: cel.optional(),
  output: z.record(z.string(), z.unknown()).optional(),
})

const mapCommon = {
  ...common,
  kind: z.literal('map'),
  /** CEL of a list. */
  over: cel,
  /** What an item is called in the steps inside. */
  as: stepId.default('item'),
  concurrency: z.int().min(1).max(1_000).default(8),
  /** What each item comes to; without it the output of the last step inside. */
  result: template.optional(),
}

/** Runs its steps once for each item; its output is the list of their results in the order of the items. */
export type MapStep = z.infer<z.ZodObject<typeof mapCommon, z.core.$strict>> & { steps: Step[] }

const mapStep = z.strictObject({
  ...mapCommon,
  get steps(): z.ZodType<Step[]> {
    return z.array(stepSchema).min(1).max(200)
  },
})

/** One step of an agent. */
export const stepSchema = z.discriminatedUnion('kind', [
  toolStep,
  modelStep,
  branchStep,
  waitStep,
  approveStep,
  agentStep,
  codeStep,
  setStep,
  loopStep,
  mapStep,
])

type Leaf = z.infer<
  | typeof toolStep
  | typeof modelStep
  | typeof branchStep
  | typeof waitStep
  | typeof approveStep
  | typeof agentStep
  | typeof codeStep
  | typeof setStep
  | typeof loopStep
>

export type Step = Leaf | MapStep
export type StepKind = Step['kind']
