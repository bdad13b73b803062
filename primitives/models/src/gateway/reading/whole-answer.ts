import { ModelError } from '../../failure/model-error.ts'
import type { Api, JsonObject, TokenUsage } from '../../wire/codec.ts'
import { usageOfBody } from '../../wire/token-usage.ts'
import type { AnswerReader } from './answer-reader.ts'
import { problemIn } from '../../failure/body-problem.ts'
import type { BodyRefusal } from '../../failure/body-problem.ts'
import { garbage } from '../../failure/broken-answer.ts'
import { asModelError } from '../../failure/upstream-failure.ts'

const maxAnswerBytes = 64 * 1024 * 1024

/**
 * An answer in one piece. It is held until it is whole, so one that breaks in the middle is asked for again elsewhere
 * and never reaches the client by half. `translate` null passes the bytes on as they came.
 */
export class WholeAnswer implements AnswerReader {
  events = 0
  readonly #api: Api
  readonly #translate: ((body: JsonObject) => JsonObject) | null
  readonly #onBody: ((body: JsonObject) => void) | null
  readonly #parts: Buffer[] = []
  #bytes = 0
  #usage: TokenUsage | null = null

  /** `api`: in whose terms usage is stated, in what the client gets. `onBody` hears an untranslated answer. */
  constructor(
    api: Api,
    translate: ((body: JsonObject) => JsonObject) | null,
    onBody: ((body: JsonObject) => void) | null = null,
  ) {
    this.#api = api
    this.#translate = translate
    this.#onBody = onBody
  }

  push(bytes: Buffer): string {
    this.#bytes += bytes.length
    if (this.#bytes > maxAnswerBytes) throw garbage('replica', 'an answer of more than 64 MiB')
    this.#parts.push(bytes)
    return ''
  }

  end(): { rest: Buffer } | { error: ModelError | BodyRefusal } {
    const whole = this.#parts.length === 1 && this.#parts[0] ? this.#parts[0] : Buffer.concat(this.#parts)
    try {
      const body = parse(whole)
      const problem = problemIn(body, whole.toString('utf8'))
      if (problem) return { error: problem }
      if (this.#translate === null) {
        this.#usage = usageOfBody(this.#api, body)
        if (this.#usage === null) this.events = tokensOf(body)
        this.#onBody?.(body)
        return { rest: whole }
      }
      const translated = this.#translate(body)
      this.#usage = usageOfBody(this.#api, translated)
      if (this.#usage === null) this.events = tokensOf(translated)
      return { rest: Buffer.from(JSON.stringify(translated)) }
    } catch (error) {
      return { error: asModelError(error) }
    }
  }

  fail(): string {
    throw new ModelError({
      code: 'model-aborted',
      message: 'A whole answer never begins before it is whole.',
    })
  }

  usage(): TokenUsage | null {
    return this.#usage
  }
}

function parse(bytes: Buffer): JsonObject {
  try {
    const value: unknown = JSON.parse(bytes.toString('utf8'))
    if (typeof value === 'object' && value !== null) return value as JsonObject
  } catch {
    // Said below.
  }
  throw garbage('replica', 'an answer that is not JSON')
}

/** About how many tokens an answer has that says nothing of usage; an embedding has none. */
function tokensOf({ choices, content, output }: JsonObject): number {
  const said = choices ?? content ?? output
  return said === undefined ? 0 : Math.ceil(JSON.stringify(said).length / 4)
}
