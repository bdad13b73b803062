import { sayTitle } from '../compose/say-title.ts'
import { noVerification } from '../verification.ts'
import type { Verification } from '../verification.ts'
import { contentStems } from '../words.ts'
import { unknownPattern } from './claims.ts'
import { checkSentence } from './check-sentence.ts'
import type { FactBase, ProductBase } from './fact-base.ts'
import { readSentence } from './read-sentence.ts'

/** So many sentences after the first make an answer; a model that goes on for longer is stopped. */
const sentenceLimit = 5
/** A model that says the same over and over, or nothing that holds, is stopped. */
const idleLimit = 4

/** Decides on a model's sentences in turn and remembers what was said. */
export class SentenceGate {
  readonly said: string[] = []
  /** From the question to the model to its first sentence that passed; null before it. */
  firstSentenceMs: number | null = null
  readonly verification: Verification = { ...noVerification, rejected: [] }
  readonly #base: FactBase
  readonly #composed: readonly string[]
  readonly #kept: string[] = []
  #subjects: ProductBase[] = []
  /** Said before, but it names what the next one calls "it"; said again if only so the next one reads right. */
  #bridge: { sentence: string; subjects: ProductBase[] } | null = null
  /** Sentences in a row that led to nothing. */
  #idle = 0

  constructor(base: FactBase, composed: readonly string[]) {
    this.#base = base
    this.#composed = composed
  }

  /** The composer's own sentence, said before the model's. */
  open(sentence: string): void {
    this.said.push(sentence)
    this.#subjects = this.#topicOf(sentence)
  }

  get isFull(): boolean {
    return this.said.length > sentenceLimit || this.#idle >= idleLimit
  }

  /** True when the model's sentences are no answer by themselves: it failed, or fewer than two of them tell something. */
  get needsComposer(): boolean {
    const telling = this.#kept.filter((sentence) => /\d|“/.test(sentence) || sentence.length > 60)
    return this.verification.modelError !== null || telling.length < 2
  }

  /** The sentence to say, in plain text: itself, a grounded one in its place, or null. */
  pass(raw: string): string | null {
    const sentence = plain(raw)
    if (this.isFull || !/[\p{L}\p{N}]/u.test(sentence)) return null
    this.verification.written++
    this.#idle++
    const bridge = this.#bridge
    this.#bridge = null
    const verdict = checkSentence(sentence, this.#base, this.#subjects)
    if (verdict.ok && (this.hasSaid(sentence) || this.#isKnownUnknown(sentence))) {
      this.verification.repeated++
      const isNamed = readSentence(sentence, this.#base, []).mentioned.length > 0
      this.#bridge = isNamed ? { sentence, subjects: verdict.subjects } : bridge
      return null
    }
    if (verdict.ok) return this.#keep([sentence], verdict.subjects)
    const afterBridge = bridge && checkSentence(sentence, this.#base, bridge.subjects)
    if (bridge && afterBridge?.ok) {
      if (this.hasSaid(sentence)) {
        this.verification.repeated++
        this.#bridge = bridge
        return null
      }
      this.verification.repeated--
      return this.#keep([bridge.sentence, sentence], afterBridge.subjects)
    }
    this.verification.rejected.push({ sentence: sentence.slice(0, 300), reason: verdict.reason })
    const instead = this.#groundedInstead(sentence)
    if (instead) {
      // What comes next goes on about what is said now.
      this.#subjects = this.#topicOf(instead)
      this.#idle = 0
      this.verification.replaced++
      this.said.push(instead)
      return instead
    }
    this.verification.dropped++
    return null
  }

  /** What a sentence of the composer is about: products by their titles, else by what it names. A brand beside a title adds none. */
  #topicOf(sentence: string): ProductBase[] {
    const titled = this.#base.products.filter(({ product }) =>
      sentence.includes(
        sayTitle(
          product,
          this.#base.products.map((each) => each.product),
        ),
      ),
    )
    return titled.length ? titled : readSentence(sentence, this.#base, this.#subjects).mentioned
  }

  #keep(sentences: string[], subjects: ProductBase[]): string {
    this.#subjects = subjects
    this.#idle = 0
    this.verification.kept += sentences.length
    this.#kept.push(...sentences)
    this.said.push(...sentences)
    return sentences.join(' ')
  }

  /** That the listing does not say needs no second telling. */
  #isKnownUnknown(sentence: string): boolean {
    return unknownPattern.test(sentence) && this.said.some((other) => unknownPattern.test(other))
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
