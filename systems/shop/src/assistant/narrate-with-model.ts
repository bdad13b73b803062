import type { Logger } from '@heavylift/core'
import { ModelError } from '@heavylift/models'
import type { ChatMessage, CompleteOptions, TaskModel } from '@heavylift/models'
import type { Citation } from '../domain/answer.ts'
import { buildPrompt, promptWords } from './prompt.ts'
import type { Narrate, NarrateInput } from './turn.ts'
import type { ModelWorth } from './model-worth.ts'
import { noVerification } from './verification.ts'
import { factBase } from './verify/fact-base.ts'
import { SentenceGate } from './verify/sentence-gate.ts'
import { sentences } from './words.ts'

export interface NarratorOptions {
  model: TaskModel
  log: Logger
  /** `batch` for answers that nobody waits for. Default `interactive`. */
  priority?: CompleteOptions['priority']
  /** Kept for whoever asks the same again. */
  ready?: CompleteOptions['ready']
  /** How long the model's first sentence may take before the composer goes on instead. Default 2.5 s. */
  firstSentenceMs?: number
  /** How long the whole answer may take. Default 8 s. */
  totalMs?: number
  /** Knows whether asking the model is worth a shopper's wait. Default: it is asked each time. */
  worth?: ModelWorth
  /** Ends tries that nobody waits for. */
  stopping?: AbortSignal
}

/** Kinds of answer that a model may word. Accounts, policies, prices over time and side effects are never among them. */
const worded = new Set(['results', 'comparison', 'product-answer', 'review-answer', 'deals'])

/** Some six sentences. */
const maxTokens = 180

/**
 * Lets a model word the answer after its first sentence, which is the composer's and is said at once. Each sentence of the
 * model is checked against this turn's facts before any of it leaves; one that does not pass is replaced by one from the
 * facts, or dropped. When the model is slow, cut off, wrong throughout or adds nothing, the composer's answer stands; it is asked in
 * English alone, which is what the check reads. The model is given no tools.
 */
export function narrateWithModel(options: NarratorOptions): Narrate {
  return async function* narrate(input) {
    const { composition, plan } = input
    if (!worded.has(plan.kind) || !(composition.shownIds ?? input.facts.subjectIds).length) {
      yield* composition.sentences
      return noVerification
    }
    const [lead = null, ...others] = composition.sentences
    const { worth, model } = options
    if (!isChecked(input)) {
      yield* composition.sentences
      return { ...noVerification, model: model.name, modelError: 'model-not-checked' }
    }
    const decision = worth?.decide(model.name) ?? 'ask'
    if (decision !== 'ask') {
      if (decision === 'try') tryOut(options, input, lead)
      yield* composition.sentences
      return {
        ...noVerification,
        model: model.name,
        modelError: decision === 'try' ? 'model-on-trial' : 'model-not-worth-the-wait',
      }
    }
    if (lead !== null) yield lead
    const { gate, messages } = opened(input, lead, options)
    yield* runModel(options, messages, gate, input.signal, input.tenantId)
    const { verification } = gate
    worth?.report(model.name, { firstSentenceMs: gate.firstSentenceMs, kept: verification.kept })
    let isCompleted = false
    if (gate.needsComposer) {
      for (const sentence of others) {
        if (gate.hasSaid(sentence)) continue
        isCompleted = true
        yield sentence
      }
    }
    if (verification.kept > 0) verification.author = isCompleted ? 'both' : 'model'
    return verification
  }
}

/** The sentences of other languages are not read by what checks them: of true ones none would pass. */
const isChecked = ({ plan, facts }: NarrateInput): boolean =>
  (plan.understanding.spokenLanguage ?? facts.lexicon.language.code) === 'en'

/** The prompt, and the gate that its answer has to pass. */
function opened(input: NarrateInput, lead: string | null, options: NarratorOptions) {
  const { composition, plan } = input
  const { messages, sources } = buildPrompt(input.message, plan, input.facts, composition, input.recent, lead)
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
    prompt: promptWords,
  })
  const gate = new SentenceGate(base, composition.sentences)
  gate.verification.model = options.model.name
  if (lead !== null) gate.open(lead)
  return { gate, messages }
}

/** Asks the model for this answer although nobody waits for it, and remembers how soon it said something that holds. */
function tryOut(options: NarratorOptions, input: NarrateInput, lead: string | null): void {
  const { worth, model, log } = options
  // Of its own citations nothing is shown.
  const composition = { ...input.composition, citations: [...input.composition.citations] }
  const { gate, messages } = opened({ ...input, composition }, lead, options)
  const run = async () => {
    const signal = options.stopping ?? new AbortController().signal
    for await (const _ of runModel(options, messages, gate, signal, input.tenantId));
  }
  run()
    .catch((error: unknown) => log.warn({ err: error }, 'a model was tried out'))
    .finally(() => {
      const { kept } = gate.verification
      worth?.report(model.name, { firstSentenceMs: gate.firstSentenceMs, kept })
    })
}

async function* runModel(
  options: NarratorOptions,
  messages: ChatMessage[],
  gate: SentenceGate,
  leaving: AbortSignal,
  tenantId: string,
): AsyncGenerator<string> {
  const beganMs = performance.now()
  const firstSentence = new AbortController()
  const timer = setTimeout(() => firstSentence.abort(), options.firstSentenceMs ?? 2_500)
  const signal = AbortSignal.any([
    leaving,
    firstSentence.signal,
    AbortSignal.timeout(options.totalMs ?? 8_000),
  ])
  let buffer = ''
  let isCutOff = false
  try {
    const asked: CompleteOptions = {
      signal,
      tenantId,
      maxTokens,
      temperature: 0.2,
      priority: options.priority ?? 'interactive',
      ...(options.ready ? { ready: options.ready } : {}),
    }
    for await (const part of options.model.complete(messages, asked)) {
      if (part.type === 'done') {
        isCutOff = part.finishReason === 'length'
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
          gate.firstSentenceMs ??= performance.now() - beganMs
          yield passed
        }
        // An answer that is kept for others is read to its end, or it would not be whole.
        if (gate.isFull && !options.ready) return
      }
      buffer = last
    }
    // Only a whole answer's last sentence is whole.
    const passed = isCutOff ? null : gate.pass(buffer)
    if (passed) {
      gate.firstSentenceMs ??= performance.now() - beganMs
      yield passed
    }
  } catch (error) {
    if (leaving.aborted) throw error
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
