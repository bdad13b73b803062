import { z } from 'zod'
import type { Product } from '../../domain/product.ts'
import type { Evidence } from '../../domain/answer.ts'
import { fold } from '../../language/fold.ts'
import { listingEvidence } from '../evidence.ts'
import { askForJson } from '../reading/ask-for-json.ts'
import { examine } from '../reading/examine.ts'
import type { ModelRoleOptions } from '../reading/examine.ts'
import type { Choice } from './choice.ts'
import { choosingExam } from './choosing-exam.ts'
import { choosingPrompt } from './choosing-prompt.ts'
import type { ToChoose } from './choosing-prompt.ts'

/** Chooses goods and lines; null where no model is asked, or none chooses in time. */
export type Choose = (input: ToChoose & { tenantId: string; signal: AbortSignal }) => Promise<Choice | null>

const mostFits = 6
const mostNear = 3
const mostLines = 12
const form = z.object({
  fits: z.array(z.int()).max(40),
  near: z.array(z.int()).max(40),
  lines: z.array(z.int()).max(40),
  quotes: z.array(z.object({ of: z.int(), words: z.string().max(200) })).max(6),
  missing: z.string().max(120),
})
const blank = { fits: [], near: [], lines: [], quotes: [], missing: '' }

/**
 * Lets a model that may read messages choose which of the store's goods meet a wish, and which lines of their listings show it or answer
 * a question. It can name nothing but places of what it was given. It is examined first, on wishes whose answer the catalog itself tells.
 */
export function chooseWithModel(options: ModelRoleOptions): Choose {
  return async (input) => {
    const { model, worth } = options
    const decision = worth.decide(model.name)
    if (decision === 'try')
      void examine(options, choosingExam(input), async (wish, leaving) => {
        const choice = await ask(options, { ...input, ...wish.input }, 'batch', leaving)
        return choice !== null && wish.isRight(choice)
      })
    if (decision !== 'ask') return null
    const began = performance.now()
    const choice = await ask(options, input, 'interactive', input.signal)
    worth.report(model.name, {
      firstSentenceMs: choice === null ? null : performance.now() - began,
      kept: choice === null ? 0 : 1,
    })
    return choice
  }
}

async function ask(
  options: ModelRoleOptions,
  input: ToChoose & { tenantId: string },
  priority: 'interactive' | 'batch',
  leaving: AbortSignal,
): Promise<Choice | null> {
  const chosen = await askForJson(
    options,
    { messages: choosingPrompt(input), name: 'choice', form, blank },
    { tenantId: input.tenantId, priority },
    leaving,
  )
  if (chosen === null) return null
  const goodsAt = (places: readonly number[], most: number) =>
    [...new Set(places)].flatMap((place) => input.goods[place - 1] ?? []).slice(0, most)
  const fits = goodsAt(chosen.fits, mostFits)
  const lines = [...new Set(chosen.lines)].flatMap((place) => input.lines[place - 1] ?? [])
  const quoted = chosen.quotes.flatMap(({ of, words }) => quotedLine(input.goods[of - 1], words, input) ?? [])
  return {
    fits,
    near: fits.length > 0 ? [] : goodsAt(chosen.near, mostNear),
    lines: [...lines, ...quoted].slice(0, mostLines),
    missing: chosen.missing.trim(),
  }
}

/** Fewer characters than this stand in a line by chance. */
const shortestQuote = 6

/** The line of a listing that holds some words as they were copied, or is held by them; null where none does. */
function quotedLine(product: Product | undefined, words: string, { lexicon }: ToChoose): Evidence | null {
  const plain = (text: string) =>
    fold(text)
      .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
      .trim()
  const said = plain(words)
  if (product === undefined || said.length < shortestQuote) return null
  const isIt = (text: string) => text.length >= shortestQuote && (text.includes(said) || said.includes(text))
  return listingEvidence(product, lexicon).find(({ text }) => isIt(plain(text))) ?? null
}
