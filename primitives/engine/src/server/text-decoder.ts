/** Tokens of one character in the worst case; a longer wait means that the bytes are no character. */
const mostHeld = 4

/**
 * Turns tokens into text as they come. A character whose bytes are spread over tokens is held back until it is whole.
 * `detokenize` is the model's, given the tokens before for its spacing rules.
 */
export class TokenTextDecoder {
  readonly #detokenize: (tokens: readonly number[], before: readonly number[]) => string
  #held: number[] = []
  #before: number[] = []

  constructor(detokenize: (tokens: readonly number[], before: readonly number[]) => string) {
    this.#detokenize = detokenize
  }

  push(token: number): string {
    this.#held.push(token)
    const text = this.#detokenize(this.#held, this.#before)
    if (text.endsWith('\uFFFD') && this.#held.length < mostHeld) return ''
    return this.#give(text)
  }

  /** What is left when no token follows. */
  end(): string {
    return this.#held.length === 0 ? '' : this.#give(this.#detokenize(this.#held, this.#before))
  }

  #give(text: string): string {
    this.#before = [...this.#before, ...this.#held].slice(-8)
    this.#held = []
    return text
  }
}
