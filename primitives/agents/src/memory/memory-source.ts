import { createHash } from 'node:crypto'
import type { Clock } from '@heavylift/core'
import { mayDecide, type Origin } from '../guard/origins.ts'
import { pinOf } from '../tools/pin.ts'
import type { CallContext, Tool, ToolCall, ToolOutcome, ToolSource } from '../tools/tool.ts'
import type { AgentMemory, MemoryKind, MemoryRow } from './memory.ts'

const text = { type: 'string' }
const subject = {
  type: 'string',
  minLength: 1,
  maxLength: 200,
  description: 'Whom it is about, as the input of the run names it.',
}
const limit = { type: 'integer', minimum: 1, maximum: 100 }

const described: Omit<Tool, 'pin'>[] = [
  {
    name: 'remember',
    description: 'Keeps a fact about a subject for later runs of this agent.',
    input: {
      type: 'object',
      required: ['subject', 'text'],
      properties: {
        subject,
        text: { ...text, minLength: 1, maxLength: 10_000 },
        value: {},
        days: { type: 'integer', minimum: 1, maximum: 3_650, description: 'It is forgotten after so many.' },
      },
      additionalProperties: false,
    },
    effect: 'reversible',
    takesKey: true,
    canCheck: false,
  },
  {
    name: 'recall',
    description: 'Facts that were kept about a subject; with a query those that have its words come first.',
    input: {
      type: 'object',
      required: ['subject'],
      properties: { subject, query: { ...text, maxLength: 1_000 }, limit },
      additionalProperties: false,
    },
    effect: 'none',
    takesKey: true,
    canCheck: false,
  },
  {
    name: 'append_message',
    description: 'Adds a message to the conversation with a subject.',
    input: {
      type: 'object',
      required: ['subject', 'role', 'text'],
      properties: {
        subject,
        role: { enum: ['user', 'agent'] },
        text: { ...text, minLength: 1, maxLength: 100_000 },
        days: { type: 'integer', minimum: 1, maximum: 3_650 },
      },
      additionalProperties: false,
    },
    effect: 'reversible',
    takesKey: true,
    canCheck: false,
  },
  {
    name: 'conversation',
    description: 'The latest messages of the conversation with a subject, oldest first.',
    input: {
      type: 'object',
      required: ['subject'],
      properties: { subject, limit },
      additionalProperties: false,
    },
    effect: 'none',
    takesKey: true,
    canCheck: false,
  },
  {
    name: 'episodes',
    description:
      'Earlier runs of this agent whose input names the subject: what they were given and came to.',
    input: {
      type: 'object',
      required: ['subject'],
      properties: { subject, limit },
      additionalProperties: false,
    },
    effect: 'none',
    takesKey: true,
    canCheck: false,
  },
  {
    name: 'forget',
    description: 'Erases everything that this agent kept about a subject, for good.',
    input: { type: 'object', required: ['subject'], properties: { subject }, additionalProperties: false },
    effect: 'outside',
    takesKey: true,
    canCheck: false,
  },
]

const dayMs = 86_400_000

/** What a run says of itself and its forebears. */
export interface MemoryOfRuns {
  input(tenantId: string, runId: string): Promise<unknown>
  /** Ended runs of an agent whose input names a subject, newest first. */
  episodes(
    tenantId: string,
    agent: string,
    subject: string,
    limit: number,
  ): Promise<{ runId: string; input: unknown; output: unknown; atMs: number }[]>
}

/**
 * The source `memory`: what an agent keeps for its later runs. A run reaches only subjects that its own input names, so that no text that it
 * reads can turn it to another's. What it answers is text that decides nothing, and each memory says who wrote it.
 */
export function memorySource(memory: AgentMemory, runs: MemoryOfRuns, clock: Clock): ToolSource {
  const tools: readonly Tool[] = described.map((tool) => ({ ...tool, pin: pinOf(tool) }))
  return {
    name: 'memory',
    list: () => Promise.resolve(tools),
    async call({ tool, args }: ToolCall, context: CallContext): Promise<ToolOutcome> {
      const about = String(args['subject'])
      const { tenantId, caller } = context
      if (caller === null)
        return failed('memory-without-run', 'Memory belongs to runs. Try it by a step that uses it.')
      if (!names(await runs.input(tenantId, caller.runId), about))
        return failed(
          'subject-not-in-input',
          `The input of this run does not name “${about.slice(0, 100)}”, so it may not reach what is known of it. Give the subject to the run as a field of its input.`,
        )
      const scope = { agent: caller.agent, subject: about }
      const limitOf = (fallback: number): number => Number(args['limit'] ?? fallback)
      switch (tool.name) {
        case 'remember':
        case 'append_message': {
          const kind: MemoryKind = tool.name === 'remember' ? 'fact' : 'message'
          const id = `memory_${createHash('sha256').update(context.key).digest('hex').slice(0, 26)}`
          const origins = context.origins ?? ['outside']
          await memory.keep({
            ...scope,
            tenantId,
            id,
            kind,
            text: String(args['text']),
            value: kind === 'message' ? { role: args['role'] } : args['value'],
            trust:
              origins.length > 0 && origins.every((each) => mayDecide(each as Origin)) ? 'user' : 'outside',
            source: { runId: caller.runId, path: caller.path, origins },
            expiresMs: args['days'] === undefined ? null : clock.nowMs() + Number(args['days']) * dayMs,
          })
          return { state: 'done', value: { id } }
        }
        case 'recall': {
          const query = typeof args['query'] === 'string' ? args['query'] : undefined
          const rows = await memory.find(tenantId, {
            ...scope,
            kind: 'fact',
            text: query,
            limit: limitOf(20),
          })
          return { state: 'done', value: { facts: rows.map(shownFact) } }
        }
        case 'conversation': {
          const rows = await memory.find(tenantId, { ...scope, kind: 'message', limit: limitOf(50) })
          return {
            state: 'done',
            value: {
              messages: rows.toReversed().map((row) => ({ ...(row.value as object), ...shownFact(row) })),
            },
          }
        }
        case 'episodes':
          return {
            state: 'done',
            value: { episodes: await runs.episodes(tenantId, caller.agent, about, limitOf(10)) },
          }
        default:
          return { state: 'done', value: { forgotten: await memory.erase(tenantId, scope) } }
      }
    },
  }
}

function shownFact({ id, text: words, value, trust, made_ms: savedMs }: MemoryRow): object {
  return { id, text: words, ...(value === null ? {} : { value }), trust, savedMs }
}

function failed(code: string, message: string): ToolOutcome {
  return { state: 'failed', code, message, isRetryable: false }
}

/** Whether a field of the input, at any depth, is the subject. */
export function names(input: unknown, about: string): boolean {
  if (typeof input === 'string' || typeof input === 'number') return String(input) === about
  if (typeof input !== 'object' || input === null) return false
  return Object.values(input).some((inner) => names(inner, about))
}
