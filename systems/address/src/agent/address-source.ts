import { HeavyliftError } from '@heavylift/core'
import { parseInput } from '@heavylift/core/input'
import { pinOf } from '@heavylift/agents'
import type { Tool, ToolOutcome, ToolSource } from '@heavylift/agents'
import { z } from 'zod'
import type { Places } from '../decide/places.ts'
import { kinds } from '../domain/kinds.ts'
import { observeCase } from '../evidence/observe-case.ts'
import { parseAddress } from '../parse/parse-address.ts'
import { standardize } from '../standardize/standardize.ts'

const addressFile = z.object({
  address: z.string().min(1).max(500),
  unit: z.string().max(40).nullable().default(null),
  name: z
    .string()
    .max(200)
    .nullable()
    .default(null)
    .transform((name) => (name === '' ? null : name)),
  record: z
    .record(z.string().max(100), z.unknown())
    .nullable()
    .default(null)
    .transform((record) => (record === null || Object.keys(record).length === 0 ? null : record)),
  documents: z
    .array(z.object({ name: z.string().max(200), content: z.string().max(200_000) }))
    .max(50)
    .default([])
    .describe('Emails (.eml), pages (.html), records (.json) and notes (.txt), told apart by their names.'),
})
const id = z.string().regex(/^[\w.:-]{1,100}$/)

const inputs = {
  parse: addressFile.pick({ address: true }),
  evidence: addressFile,
  weigh: addressFile,
  record: addressFile.extend({ id }),
  correct: z.object({ id, kind: z.enum(kinds) }),
}

function tool(name: keyof typeof inputs, description: string, effect: Tool['effect']): Tool {
  const described = {
    name,
    description,
    input: z.toJSONSchema(inputs[name], { io: 'input' }) as Tool['input'],
  }
  // The same address under the same id again is decided anew, and is the same decision.
  return { ...described, effect, takesKey: true, canCheck: false, pin: pinOf(described) }
}

/** Quotes of a document that are shown. */
const mostQuotes = 5

/** The steps of telling what kind of place an address is, each as a tool, so that the whole is an agent that people edit. */
export function addressSource(places: Places): ToolSource {
  const tools: readonly Tool[] = [
    tool(
      'parse',
      'Reads a US address and puts it into standard form, with what was changed and why.',
      'none',
    ),
    tool(
      'evidence',
      'What a record, mails, notes and pages say of an address, each with quotes; orders in them are only told.',
      'none',
    ),
    tool(
      'weigh',
      'What kind of place an address is, with calibrated probabilities and the weight of each piece of evidence.',
      'none',
    ),
    tool('record', 'Decides what kind of place an address is, and keeps it among the places.', 'reversible'),
    tool(
      'correct',
      'Says what a place really is; its sources are believed more or less from then on.',
      'reversible',
    ),
  ]
  return {
    name: 'address',
    list: () => Promise.resolve(tools),
    async call({ tool: { name }, args }, { tenantId }): Promise<ToolOutcome> {
      try {
        return { state: 'done', value: plain(await answer(places, tenantId, name, args)) }
      } catch (error) {
        if (!HeavyliftError.isInstance(error)) throw error
        return { state: 'failed', code: error.code, message: error.message, isRetryable: error.isRetryable }
      }
    },
  }
}

async function answer(places: Places, tenantId: string, name: string, args: unknown): Promise<unknown> {
  switch (name) {
    case 'parse': {
      const parsed = parseAddress(parseInput(inputs.parse, args, 'body', 'the address').address)
      const { lines, fields, changes } = standardize(parsed)
      return { form: parsed.form, parts: parsed.parts, confidence: parsed.confidence, lines, fields, changes }
    }
    case 'evidence': {
      const observations = await observeCase(parseInput(inputs.evidence, args, 'body', 'the address'))
      return {
        documents: observations.map(
          ({ document, source, statements, hours, unit, instructions, orders }) => ({
            document,
            source,
            quotes: [...new Set(statements.map(({ quote }) => quote))].slice(0, mostQuotes),
            hours,
            unit,
            instructions,
            ordersIgnored: orders,
          }),
        ),
      }
    }
    case 'weigh':
      return await places.weigh(tenantId, parseInput(inputs.weigh, args, 'body', 'the address'))
    case 'record': {
      const file = parseInput(inputs.record, args, 'body', 'the address')
      const [place] = await places.decide(tenantId, [{ ...file, latitude: null, longitude: null }])
      return { id: file.id, kind: place?.decision.kind, action: place?.decision.action }
    }
    default: {
      const { id: placeId, kind } = parseInput(inputs.correct, args, 'body', 'the correction')
      const { decision } = await places.correct(tenantId, placeId, kind)
      return { id: placeId, kind: decision.kind }
    }
  }
}

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value ?? null)) as unknown
