import { z } from 'zod'
import { askForJson } from './ask-for-json.ts'
import { examOf } from './exam.ts'
import { examine } from './examine.ts'
import type { ModelRoleOptions } from './examine.ts'
import { readKinds } from './reading.ts'
import type { Reading } from './reading.ts'
import { readingPrompt } from './reading-prompt.ts'
import type { ToRead } from './reading-prompt.ts'

/** A message as a model read it, for the record. */
export interface ReadByModel {
  reading: Reading
  model: string
  tookMs: number
}

/** Reads a message; null where no model is asked, or none says in time what holds. */
export type ReadTurn = (
  input: ToRead & { tenantId: string; signal: AbortSignal },
) => Promise<ReadByModel | null>

const form = z.object({
  kind: z.enum(readKinds),
  about: z.array(z.int()).max(20),
  names: z.array(z.string().max(90)).max(4),
  words: z.string().max(400),
  without: z.array(z.string().max(60)).max(10),
})
const blank = { about: [], names: [], words: '', without: [] }

/**
 * Lets a model read what shoppers write. A model is examined first, behind an answer for which nobody waits: on sentences of the store's
 * language whose kind is known. One that passes is asked each time and has `patienceMs`; what it reads is a kind, places in the list that
 * is shown, and words, which the shop's own rules understand. It is given no tools, and can put nothing into carts or orders.
 */
export function readWithModel(options: ModelRoleOptions): ReadTurn {
  return async (input) => {
    const { model, worth } = options
    const decision = worth.decide(model.name)
    if (decision === 'try')
      void examine(
        options,
        examOf(input.vocabulary, input.lexicon),
        async ({ kinds, ...sentence }, leaving) => {
          const reading = await ask(options, { ...input, ...sentence }, 'batch', leaving)
          return reading !== null && kinds.includes(reading.kind)
        },
      )
    if (decision !== 'ask') return null
    const began = performance.now()
    const reading = await ask(options, input, 'interactive', input.signal)
    const tookMs = performance.now() - began
    worth.report(model.name, {
      firstSentenceMs: reading === null ? null : tookMs,
      kept: reading === null ? 0 : 1,
    })
    return reading && { reading, model: model.name, tookMs }
  }
}

const ask = (
  options: ModelRoleOptions,
  input: ToRead & { tenantId: string },
  priority: 'interactive' | 'batch',
  leaving: AbortSignal,
): Promise<Reading | null> =>
  askForJson(
    options,
    { messages: readingPrompt(input), name: 'reading', form, blank },
    { tenantId: input.tenantId, priority },
    leaving,
  )
