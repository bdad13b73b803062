import type { GrammarState, Llama, LlamaBinding, LlamaGrammar, LlamaModel } from '../process/llama-binding.ts'
import { OpenAiError } from './openai-error.ts'

/** Grammars that clients send again and again are read once. */
const mostKept = 64

/** Makes the state that steers one answer, from a grammar's text. */
export class GrammarStates {
  readonly #binding: LlamaBinding
  readonly #llama: Llama
  readonly #model: LlamaModel
  /** In order of use, the latest last. */
  readonly #kept = new Map<string, LlamaGrammar>()

  constructor(binding: LlamaBinding, llama: Llama, model: LlamaModel) {
    this.#binding = binding
    this.#llama = llama
    this.#model = model
  }

  /** Throws `OpenAiError` `unsupported_schema` when the library cannot read the grammar (it is too large). */
  async start(text: string): Promise<GrammarState> {
    const grammar = this.#kept.get(text) ?? (await this.#read(text))
    this.#kept.delete(text)
    this.#kept.set(text, grammar)
    const [oldest] = this.#kept.keys()
    if (this.#kept.size > mostKept && oldest !== undefined) this.#kept.delete(oldest)
    return new this.#binding.LlamaGrammarEvaluationState({ model: this.#model, grammar })
  }

  async #read(text: string): Promise<LlamaGrammar> {
    try {
      return await this.#llama.createGrammar({ grammar: text })
    } catch {
      throw new OpenAiError(
        400,
        'unsupported_schema',
        'The schema is too large or too deep for the local engine.',
        'response_format',
      )
    }
  }
}
