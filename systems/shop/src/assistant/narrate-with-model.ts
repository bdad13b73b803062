import type { Logger } from '@heavylift/core'
import { ModelError } from '@heavylift/models'
import type { ChatMessage, CompleteOptions, TaskModel } from '@heavylift/models'
import type { Citation } from '../domain/answer.ts'
import { buildPrompt } from './prompt.ts'
import type { Narrate, NarrateInput } from './turn.ts'
import { noVerification } from './verification.ts'
import type { Verification } from './verification.ts'
import { checkSentence } from './verify/check-sentence.ts'
import { factBase } from './verify/fact-base.ts'
import type { FactBase, ProductBase } from './verify/fact-base.ts'
import { contentStems, sentences } from './words.ts'

export interface NarratorOptions {
  model: TaskModel
  log: Logger
  /** `batch` for answers that nobody waits for. Default `interactive`. */
  priority?: CompleteOptions['priority']
  /** Kept for whoever asks the same again. */
  ready?: CompleteOptions['ready']
  /** How long the first sentence may take before the composer answers instead. Default 8 s. */
  firstSentenceMs?: number
  /** How long the whole answer may take. Default 25 s. */
  totalMs?: number
}

/** Kinds of answer that a model may word. Accounts, policies, prices over time and side effects are never among them. */
const worded = new Set(['results', 'comparison', 'product-answer', 'review-answer', 'deals'])

/** A model that goes on for longer is stopped. */
const sentenceLimit = 10

/**
 * Lets a model word the answer, sentence by sentence: each is checked against this turn's facts before any of it leaves.
 * A sentence that does not pass is replaced by one from the facts, or dropped. When the model is slow, cut off or wrong
 * throughout, the composer's answer stands in. The model is given no tools.
 */
export function narrateWithModel(options: NarratorOptions): Narrate {
  return async function* narrate(input) {
    const { composition, plan } = input
    if (!worded.has(plan.kind) || !(composition.shownIds ?? input.facts.subjectIds).length) {
      yield* composition.sentences
      return noVerification
    }
    const { messages, sources } = buildPrompt(input.message, plan, input.facts, composition, input.recent)
    // Numbers that only the model uses become citations of this answer too.
    composition.citations.push(
      ...sources.slice(composition.citations.length).map((source, i): Citation => ({
        number: composition.citations.length + i + 1,
        source: source.source,
        quote: source.text,
      })),
    )
    const base = factBase(input.facts, {
      shownIds: composition.shownIds ?? input.facts.subjectIds,
      focusId: composition.focusId,
      constraints: plan.search?.constraints ?? plan.understanding.constraints,
      message: input.message,
      citations: sources,
    })
    const gate = new SentenceGate(base, composition.sentences)
    gate.verification.model = options.model.name
    yield* runModel(options, messages, gate, input)
    const { verification } = gate
    if (gate.needsComposer) {
      verification.author = gate.said.length ? 'both' : 'composer'
      for (const sentence of composition.sentences) if (!gate.hasSaid(sentence)) yield sentence
    } else verification.author = 'model'
    return verification
  }
}

async function* runModel(
  options: NarratorOptions,
  messages: ChatMessage[],
  gate: SentenceGate,
  input: NarrateInput,
): AsyncGenerator<string> {
  const firstSentence = new AbortController()
  const timer = setTimeout(() => firstSentence.abort(), options.firstSentenceMs ?? 8_000)
  const signal = AbortSignal.any([
    input.signal,
    firstSentence.signal,
    AbortSignal.timeout(options.totalMs ?? 25_000),
  ])
  let buffer = ''
  try {
    const asked: CompleteOptions = {
      signal,
      tenantId: input.tenantId,
      maxTokens: 500,
      temperature: 0.2,
      priority: options.priority ?? 'interactive',
      ...(options.ready ? { ready: options.ready } : {}),
    }
    for await (const part of options.model.complete(messages, asked)) {
      if (part.type === 'done') {
        gate.verification.promptTokens = part.usage?.promptTokens ?? 0
        gate.verification.completionTokens = part.usage?.completionTokens ?? 0
        gate.verification.costMicros = part.costMicros ?? 0
      }
      // Tool calls were not offered and are not looked at.
      if (part.type !== 'text') continue
      buffer += part.text
      const complete = sentences(buffer)
      // The last one may still grow: "$4" may become "$49.99".
      const last = complete.pop() ?? ''
      for (const sentence of complete) {
        const passed = gate.pass(sentence)
        if (passed) {
          clearTimeout(timer)
          yield passed
        }
        if (gate.isFull) return
      }
      buffer = last
    }
    // Only a whole answer's last sentence is whole.
    const passed = gate.pass(buffer)
    if (passed) yield passed
  } catch (error) {
    if (input.signal.aborted) throw error
    const code = ModelError.isInstance(error) ? error.code : null
    if (code === null) throw error
    gate.verification.modelError = firstSentence.signal.aborted ? 'model-slow' : code
    options.log.warn(
      { code: gate.verification.modelError },
      'the model failed; the facts’ own words stand in',
    )
  } finally {
    clearTimeout(timer)
  }
}

/** Decides on sentences in turn and remembers what was said. */
class SentenceGate {
  readonly said: string[] = []
  readonly verification: Verification = { ...noVerification, rejected: [], author: 'model' }
  readonly #base: FactBase
  readonly #composed: readonly string[]
  #subjects: ProductBase[] = []

  constructor(base: FactBase, composed: readonly string[]) {
    this.#base = base
    this.#composed = composed
  }

  get isFull(): boolean {
    return this.said.length >= sentenceLimit || this.verification.written >= sentenceLimit * 3
  }

  /** True when what passed is no answer by itself: the model failed, or nothing that says something is left. */
  get needsComposer(): boolean {
    const telling = this.said.some(
      (sentence) => this.#composed.includes(sentence) || /\d|“/.test(sentence) || sentence.length > 60,
    )
    return this.verification.modelError !== null || !telling
  }

  /** The sentence to say, in plain text: itself, a grounded one in its place, or null. */
  pass(raw: string): string | null {
    const sentence = plain(raw)
    if (!/[\p{L}\p{N}]/u.test(sentence)) return null
    this.verification.written++
    const verdict = checkSentence(sentence, this.#base, this.#subjects)
    if (verdict.ok) {
      this.#subjects = verdict.subjects
      this.verification.kept++
      this.said.push(sentence)
      return sentence
    }
    this.verification.rejected.push({ sentence: sentence.slice(0, 300), reason: verdict.reason })
    const instead = this.#groundedInstead(sentence)
    if (instead) {
      this.verification.replaced++
      this.said.push(instead)
      return instead
    }
    this.verification.dropped++
    return null
  }

  /** The composer's sentence that speaks most of the same things, unless it was said. */
  #groundedInstead(sentence: string): string | null {
    const asked = new Set(contentStems(sentence))
    let best: { sentence: string; share: number } | null = null
    for (const candidate of this.#composed) {
      if (this.hasSaid(candidate)) continue
      const stems = new Set(contentStems(candidate))
      const shared = [...stems].filter((word) => asked.has(word)).length
      const share = shared / Math.max(1, Math.min(stems.size, asked.size))
      if (shared >= 2 && share >= 0.4 && share > (best?.share ?? 0)) best = { sentence: candidate, share }
    }
    return best?.sentence ?? null
  }

  /** Whether a sentence, or nearly all of its words, were said. */
  hasSaid(sentence: string): boolean {
    const stems = new Set(contentStems(sentence))
    return this.said.some((other) => {
      if (other === sentence) return true
      const held = new Set(contentStems(other))
      return stems.size > 0 && [...stems].filter((word) => held.has(word)).length / stems.size >= 0.75
    })
  }
}

/** Without list marks and emphasis, on one line. */
function plain(text: string): string {
  return text
    .replaceAll(/^\s*(?:[-*•]|\d+[.)])\s+/gm, '')
    .replaceAll(/\*\*|__|(?<!\w)[*_]|[*_](?!\w)/g, '')
    .replaceAll(/\s+/g, ' ')
    .trim()
}
