import { z } from 'zod'
import type { Evidence } from '../../domain/answer.ts'
import type { Product } from '../../domain/product.ts'
import { fold } from '../../language/fold.ts'
import { listingEvidence, titleEvidence } from '../evidence.ts'
import type { ModelWorth } from '../model-worth.ts'
import { askForJson } from './ask-for-json.ts'
import type { AskFailure, AskOptions } from './ask-for-json.ts'
import type { Choice } from './choice.ts'
import { examine } from './examine.ts'
import type { ExamResult } from './examine.ts'
import { examSentences } from './exam-sentences.ts'
import { examWishes } from './exam-wishes.ts'
import type { ModelPace } from './model-pace.ts'
import { promptFor } from './prompt.ts'
import type { ToAnswer } from './prompt.ts'
import { readKinds } from './reading.ts'
import type { Reading } from './reading.ts'
import { rowLines } from './row-lines.ts'

/** What a model said of a message and of what it was given to choose from. */
export interface Said {
  reading: Reading
  choice: Choice
  /** What else it wants searched for; empty where nothing is. */
  search: string
}

/** One call of a model for a shopper who waits. */
export interface ModelCall {
  model: string
  /** Null where nothing came that counts: see `failure`. */
  said: Said | null
  failure: AskFailure | null
  /** How long the shopper would have waited. */
  allowedMs: number
  tookMs: number
}

export type Asking = ToAnswer & {
  tenantId: string
  signal: AbortSignal
  /** How long the shopper has waited already, in milliseconds. */
  waitedMs: number
}

/** Reads a message and chooses what answers it. Null where no model is asked now. */
export type AskModel = (input: Asking) => Promise<ModelCall> | null

export interface AskModelOptions extends AskOptions {
  worth: ModelWorth
  pace: ModelPace
  /** The most that a shopper waits for the model in a turn, in milliseconds. */
  mostMs: number
  /** Ends examinations that nobody waits for. */
  stopping: AbortSignal
  /** Told what an examination came to. */
  onExam?: (result: ExamResult) => void
}

const form = z.object({
  kind: z.enum(readKinds),
  about: z.array(z.int()).max(20),
  words: z.string().max(400),
  without: z.array(z.string().max(60)).max(10),
  fits: z.array(z.int()).max(40),
  near: z.array(z.int()).max(40),
  lines: z.array(z.int()).max(40),
  quotes: z.array(z.object({ of: z.int(), words: z.string().max(200) })).max(6),
  missing: z.string().max(120),
  search: z.string().max(120),
  language: z.string().max(20),
})
const blank = {
  about: [],
  words: '',
  without: [],
  fits: [],
  near: [],
  lines: [],
  quotes: [],
  missing: '',
  search: '',
  language: '',
}

/**
 * Lets a model read what shoppers write and choose which goods and which lines of their listings answer it. It is examined first, behind an
 * answer for which nobody waits: on sentences of the store's language whose kind is known, and on wishes whose answer the catalog tells.
 * One that passes is asked each time, and has as long as its last calls took with some room, up to `mostMs` for a turn. It can name
 * nothing but places of what it was given and words, which the shop's own rules understand; it is given no tools.
 */
export function askModelOf(options: AskModelOptions): AskModel {
  const { model, worth, pace, mostMs } = options
  return (input) => {
    const decision = worth.decide(model.name)
    if (decision === 'try') void examined(options, input)
    if (decision !== 'ask') return null
    const allowedMs = Math.min(pace.allowedMs(model.name, mostMs), Math.round(mostMs - input.waitedMs))
    return allowedMs < leastAllowedMs ? null : asked(options, input, allowedMs)
  }
}

/** Within less than this nothing comes. */
const leastAllowedMs = 200

async function asked(options: AskModelOptions, input: Asking, allowedMs: number): Promise<ModelCall> {
  const { model, worth, pace } = options
  const began = performance.now()
  const said = await ask(options, input, { priority: 'interactive', patienceMs: allowedMs }, input.signal)
  const tookMs = performance.now() - began
  const failure = typeof said === 'string' ? said : null
  // What was late takes longer than it was allowed, nobody knows how much.
  if (failure !== 'failed') pace.report(model.name, failure === 'late' ? allowedMs * lateBy : tookMs)
  worth.report(model.name, {
    firstSentenceMs: failure === null ? tookMs : null,
    kept: failure === null ? 1 : 0,
  })
  return { model: model.name, said: typeof said === 'string' ? null : said, failure, allowedMs, tookMs }
}

const lateBy = 1.5

async function examined(options: AskModelOptions, input: Asking): Promise<void> {
  const { model, worth, pace, mostMs, stopping, log, onExam } = options
  const tasks = [
    examSentences(input.vocabulary, input.lexicon).map(({ input: sentence, kinds }) => ({
      input: sentence,
      isRight: ({ reading }: Said) => kinds.includes(reading.kind),
    })),
    examWishes(input).map(({ input: wish, isRight }) => ({
      input: wish,
      isRight: ({ choice }: Said) => isRight(choice),
    })),
  ]
  let hasPassed = false
  let times: number[] = []
  let right = 0
  try {
    const exam = await examine(tasks, async (task) => {
      const said = await ask(
        options,
        { ...input, ...task.input },
        { priority: 'batch', patienceMs: mostMs },
        stopping,
      )
      return typeof said !== 'string' && task.isRight(said)
    })
    onExam?.(exam.result)
    ;({ hasPassed, times } = exam)
    right = exam.result.right
  } catch (error) {
    if (!stopping.aborted) log.warn({ err: error }, 'a model was examined')
  } finally {
    if (hasPassed) pace.restart(model.name, times)
    worth.report(model.name, { firstSentenceMs: hasPassed ? (times.at(-1) ?? null) : null, kept: right })
  }
}

const mostFits = 6
const mostNear = 3
const mostLines = 12

async function ask(
  options: AskOptions,
  input: ToAnswer & { tenantId: string },
  { priority, patienceMs }: { priority: 'interactive' | 'batch'; patienceMs: number },
  leaving: AbortSignal,
): Promise<Said | AskFailure> {
  const answer = await askForJson(
    options,
    { messages: promptFor(input), name: 'answer', form, blank },
    { tenantId: input.tenantId, priority, patienceMs },
    leaving,
  )
  if (typeof answer === 'string') return answer
  const { kind, about, words, without, search, language } = answer
  const goodsAt = (places: readonly number[], most: number) =>
    [...new Set(places)].flatMap((place) => input.goods[place - 1] ?? []).slice(0, most)
  const fits = goodsAt(answer.fits, mostFits)
  const lines = [...new Set(answer.lines)].flatMap((place) => input.lines[place - 1] ?? [])
  const quoted = answer.quotes.flatMap(({ of, words }) => quotedLine(input.goods[of - 1], words, input) ?? [])
  return {
    reading: { kind, about, words, without, language },
    choice: {
      fits,
      near: fits.length > 0 ? [] : goodsAt(answer.near, mostNear),
      lines: [...lines, ...quoted].slice(0, mostLines),
      missing: answer.missing.trim(),
    },
    search: input.isWhole ? '' : search.trim(),
  }
}

/** Fewer characters than this stand in a line by chance. */
const shortestQuote = 6

/** The row or line of a listing, or its title, that holds some words as they were copied, or is held by them; null where none does. */
function quotedLine(product: Product | undefined, words: string, input: ToAnswer): Evidence | null {
  const { lexicon } = input
  const plain = (text: string) =>
    fold(text)
      .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
      .trim()
  const said = plain(words)
  if (product === undefined || said.length < shortestQuote) return null
  const isIt = (text: string) => text.length >= shortestQuote && (text.includes(said) || said.includes(text))
  return (
    [...rowLines(product, input), ...listingEvidence(product, lexicon), titleEvidence(product, lexicon)].find(
      ({ text }) => isIt(plain(text)),
    ) ?? null
  )
}
