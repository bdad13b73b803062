import { toolCallArguments, toolCallStart } from './tool-grammar.ts'

/** What a piece of an answer comes to. */
export type AnswerPiece =
  | { kind: 'text'; text: string }
  | { kind: 'call'; name: string }
  | { kind: 'arguments'; text: string }

/** Reads an answer that is either text or one tool call in the words of the tool grammar, as it comes. */
export class ToolCallReader {
  #state: 'undecided' | 'name' | 'arguments' | 'done' | 'text' = 'undecided'
  #held = ''
  #depth = 0
  #isInString = false
  #isEscaped = false

  get isCall(): boolean {
    return this.#state === 'name' || this.#state === 'arguments' || this.#state === 'done'
  }

  push(text: string): AnswerPiece[] {
    this.#held += text
    const pieces: AnswerPiece[] = []
    if (this.#state === 'undecided') this.#decide()
    if (this.#state === 'name') this.#readName(pieces)
    if (this.#state === 'arguments') this.#readArguments(pieces)
    if (this.#state === 'text' && this.#held !== '') pieces.push({ kind: 'text', text: this.#take() })
    return pieces
  }

  /** What is left when the answer ends before it was decided. */
  end(): AnswerPiece[] {
    return this.#state === 'undecided' && this.#held !== '' ? [{ kind: 'text', text: this.#take() }] : []
  }

  #decide(): void {
    if (this.#held.startsWith(toolCallStart)) {
      this.#state = 'name'
      this.#held = this.#held.slice(toolCallStart.length)
    } else if (!toolCallStart.startsWith(this.#held)) this.#state = 'text'
  }

  #readName(pieces: AnswerPiece[]): void {
    const at = this.#held.indexOf(toolCallArguments)
    if (at < 0) return
    pieces.push({ kind: 'call', name: this.#held.slice(0, at) })
    this.#held = this.#held.slice(at + toolCallArguments.length)
    this.#state = 'arguments'
  }

  /** Up to the brace that closes the first one, whatever strings hold. */
  #readArguments(pieces: AnswerPiece[]): void {
    let length = 0
    for (const char of this.#held) {
      length += char.length
      if (this.#isEscaped) this.#isEscaped = false
      else if (this.#isInString) {
        if (char === '\\') this.#isEscaped = true
        else if (char === '"') this.#isInString = false
      } else if (char === '"') this.#isInString = true
      else if (char === '{' || char === '[') this.#depth++
      else if ((char === '}' || char === ']') && --this.#depth === 0) {
        this.#state = 'done'
        break
      }
    }
    const text = this.#held.slice(0, length)
    this.#held = this.#held.slice(length)
    if (text !== '') pieces.push({ kind: 'arguments', text })
  }

  #take(): string {
    const held = this.#held
    this.#held = ''
    return held
  }
}
