import { median } from '@heavylift/core/math'
import { z } from 'zod'
import type { ModelWorth } from '../model-worth.ts'
import { askForJson } from './ask-for-json.ts'
import type { AskOptions } from './ask-for-json.ts'
import { examOf } from './exam.ts'
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

export interface ReaderOptions extends AskOptions {
  worth: ModelWorth
  /** Ends examinations that nobody waits for. */
  stopping: AbortSignal
  /** Told what an examination came to. */
  onExam?: (result: ExamResult) => void
}

/** How a model read sentences whose kind is known. `medianMs`: of one; null where it was given up before it read any. */
export interface ExamResult {
  right: number
  asked: number
  medianMs: number | null
}

const form = z.object({
  kind: z.enum(readKinds),
  about: z.array(z.int().min(1)).max(20),
  words: z.string().max(400),
  without: z.array(z.string().max(60)).max(10),
})
/** A model that reads less than this share of the examination's sentences right reads worse than the shop's own rules. */
const passMark = 0.8

/**
 * Lets a model read what shoppers write. A model is examined first, behind an answer for which nobody waits: on sentences of the store's
 * language whose kind is known. One that passes is asked each time and has `patienceMs`; what it reads is a kind, places in the list that
 * is shown, and words, which the shop's own rules understand. It is given no tools, and can put nothing into carts or orders.
 */
export function readWithModel(options: ReaderOptions): ReadTurn {
  return async (input) => {
    const { model, worth } = options
    const decision = worth.decide(model.name)
    if (decision === 'try') void examine(options, input)
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
  options: ReaderOptions,
  input: ToRead & { tenantId: string },
  priority: 'interactive' | 'batch',
  leaving: AbortSignal,
): Promise<Reading | null> =>
  askForJson(
    options,
    { messages: readingPrompt(input), name: 'reading', form },
    { tenantId: input.tenantId, priority },
    leaving,
  )

async function examine(options: ReaderOptions, input: ToRead & { tenantId: string }): Promise<void> {
  const { model, worth, log, stopping, onExam } = options
  const sentences = examOf(input.vocabulary, input.lexicon)
  const mostWrong = Math.floor(sentences.length * (1 - passMark))
  const times: number[] = []
  let right = 0
  let asked = 0
  try {
    for (const { kinds, ...sentence } of sentences) {
      const began = performance.now()
      const reading = await ask(options, { ...input, ...sentence }, 'batch', stopping)
      times.push(performance.now() - began)
      asked++
      if (reading && kinds.includes(reading.kind)) right++
      if (asked - right > mostWrong) break
    }
  } catch (error) {
    if (!stopping.aborted) log.warn({ err: error }, 'a model was examined')
  } finally {
    const hasPassed = asked === sentences.length && asked > 0
    const medianMs = times.length > 0 ? median(times) : null
    onExam?.({ right, asked, medianMs })
    worth.report(model.name, { firstSentenceMs: hasPassed ? medianMs : null, kept: right })
  }
}
