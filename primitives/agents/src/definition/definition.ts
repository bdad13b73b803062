import { z } from 'zod'
import { stepSchema, stepId } from './step.ts'

/** A name in URLs and on the command line: `address-kind`. */
export const agentName = z
  .string()
  .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'small letters, digits and single hyphens, beginning with a letter')
  .max(64)

/** A JSON Schema 2020-12 document. It is checked and run by a validator that generates no code. */
export const jsonSchema = z.record(z.string(), z.unknown())

/** What a call of a tool may change: nothing, something that can be taken back, something outside, or money. */
export const sideEffect = z.enum(['none', 'reversible', 'outside', 'money'])
export type SideEffect = z.infer<typeof sideEffect>

/** Where a tool comes from. `from` names a registered source; nothing here holds an address, a command or a secret. */
export const toolReference = z.strictObject({
  /** What steps call it. */
  id: stepId,
  /** The source as it is registered: `mcp:files`, `openapi:petstore`, `http:crm`, `sql:orders`, `code`, `agent:intake`, `address`. */
  from: z.string().min(1).max(200),
  /** The tool's name at its source. */
  tool: z.string().min(1).max(200),
  /** SHA-256 (hex) over name, text and schema as they were when it was chosen; a tool that differs pauses the agent. */
  pin: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
  /** Name of a stored credential; the edge adds it, nothing else sees it. */
  credential: z.string().max(100).optional(),
})
export type ToolReference = z.infer<typeof toolReference>

const template = z
  .unknown()
  .describe('JSON whose strings may hold ${CEL}; a string that is one ${CEL} keeps its type')

/** What starts a run without a person. */
export const trigger = z.discriminatedUnion('kind', [
  z.strictObject({
    id: stepId,
    kind: z.literal('schedule'),
    cron: z.string(),
    timezone: z.string().default('UTC'),
    input: template.optional(),
  }),
  z.strictObject({ id: stepId, kind: z.literal('webhook'), input: template.optional() }),
  z.strictObject({
    id: stepId,
    kind: z.literal('cloudevent'),
    type: z.string(),
    source: z.string().optional(),
    input: template.optional(),
  }),
  z.strictObject({ id: stepId, kind: z.literal('stream'), stream: z.string(), input: template.optional() }),
  z.strictObject({ id: stepId, kind: z.literal('queue'), queue: z.string(), input: template.optional() }),
])
export type Trigger = z.infer<typeof trigger>

/** Who answers for an agent. */
export const ownership = z.strictObject({
  team: z.string().min(1).max(100),
  person: z.string().min(1).max(200),
  standIn: z.string().max(200).optional(),
  /** The day by which somebody looks at it again, `YYYY-MM-DD`. */
  review: z.iso.date().optional(),
})

/** What an agent may use at most. Money in US dollars. */
export const limits = z.strictObject({
  concurrentRuns: z.int().min(1).max(10_000).optional(),
  runsPerMinute: z.int().min(1).optional(),
  usdPerRun: z.number().positive().optional(),
  usdPerDay: z.number().positive().optional(),
})

/** A rule over one call, outside the model. The first that is true decides; none means `otherwise` of the tenant's policy. */
export const policyRule = z.strictObject({
  id: stepId,
  /** CEL over `agent`, `user`, `tool`, `args`, `origins`; true lets the rule decide. */
  when: z.string().min(1),
  verdict: z.enum(['allow', 'ask', 'refuse']),
  /** What the person is told that is asked or refused. */
  because: z.string().max(500).optional(),
})
export type PolicyRule = z.infer<typeof policyRule>

/** An agent as a file: one schema for YAML and JSON, the studio's canvas, form and text. Steps form a graph without circles. */
export const agentDefinition = z.strictObject({
  schema: z.literal('heavylift.agent/1'),
  name: agentName,
  title: z.string().min(1).max(120),
  /** What it does, for people and for other agents that look for one. */
  summary: z.string().max(2_000).default(''),
  owner: ownership.optional(),
  tags: z.array(z.string().max(60)).max(30).default([]),
  /** Whom or what a run is about, as a text with ${CEL} over its input: `${input.customerId}`. Costs are summed by it. */
  subject: z.string().max(300).optional(),
  /** What a run is given. */
  input: jsonSchema.default({ type: 'object' }),
  /** What a run returns. */
  output: jsonSchema.optional(),
  /** The result, out of the steps; without it the output of the last step. */
  result: template.optional(),
  triggers: z.array(trigger).max(20).default([]),
  tools: z.array(toolReference).max(200).default([]),
  policy: z.array(policyRule).max(100).default([]),
  limits: limits.default({}),
  steps: z.array(stepSchema).min(1).max(500),
})
export type AgentDefinition = z.infer<typeof agentDefinition>
