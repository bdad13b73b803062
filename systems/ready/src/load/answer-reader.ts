export type AnswerFault = 'malformed' | 'too-large' | 'closed-early'

export interface Answer {
  status: number
  /** Set where the body was asked for. */
  body: Buffer | null
  bodyBytes: number
  /** The connection cannot be used again. */
  isLast: boolean
}

const headEnd = Buffer.from('\r\n\r\n')
const mostHeadBytes = 64 * 1024

type Mode = 'head' | 'length' | 'chunk-size' | 'chunk-data' | 'chunk-end' | 'trailer' | 'until-close'

/**
 * Reads answers of HTTP/1.1 (RFC 9112) from bytes as they come, one at a time: by length, in chunks, or to the end of the connection. It keeps a
 * body only when asked, so an answer of any size takes no memory.
 */
export class AnswerReader {
  readonly #maxBytes: number
  #mode: Mode = 'head'
  #held: Buffer | null = null
  #left = 0
  #status = 0
  #bytes = 0
  #isLast = false
  #body: Buffer[] | null = null
  #isHead = false
  /** The last head that was read and what it said: most answers of a server begin with the same bytes. */
  #lastHead: Buffer = Buffer.alloc(0)
  #lastRead: { status: number; isLast: boolean; mode: Mode; left: number } | null = null
  /** Called for each piece of a body, for streams. */
  onPiece: ((piece: Buffer) => void) | null = null

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes
  }

  /** Before each request. */
  expect(isHead: boolean, keepsBody: boolean): void {
    this.#mode = 'head'
    this.#held = null
    this.#bytes = 0
    this.#isHead = isHead
    this.#body = keepsBody ? [] : null
  }

  /** An answer when one is whole, null when there is more to come, a fault where it is no HTTP or too long. */
  push(bytes: Buffer): Answer | AnswerFault | null {
    let input = this.#held === null ? bytes : Buffer.concat([this.#held, bytes])
    this.#held = null
    for (;;) {
      switch (this.#mode) {
        case 'head': {
          const end = input.indexOf(headEnd)
          if (end < 0) {
            if (input.length > mostHeadBytes) return 'malformed'
            this.#hold(input)
            return null
          }
          const fault = this.#readHead(input, end)
          if (fault) return 'malformed'
          input = input.subarray(end + 4)
          // 1xx says that the answer is still to come.
          if (this.#status < 200) {
            this.#mode = 'head'
            if (input.length === 0) return null
            continue
          }
          if (this.#isHead || this.#status === 204 || this.#status === 304) return this.#done()
          if (this.#isEmpty()) return this.#done()
          break
        }
        case 'length':
        case 'chunk-data': {
          const taken = Math.min(this.#left, input.length)
          this.#take(input.subarray(0, taken))
          if (this.#bytes > this.#maxBytes) return 'too-large'
          this.#left -= taken
          input = input.subarray(taken)
          if (this.#left > 0) return null
          if (this.#mode === 'length') return this.#done()
          this.#mode = 'chunk-end'
          break
        }
        case 'until-close':
          this.#take(input)
          return this.#bytes > this.#maxBytes ? 'too-large' : null
        case 'chunk-size':
        case 'chunk-end':
        case 'trailer': {
          const end = input.indexOf(10)
          if (end < 0) {
            if (input.length > mostHeadBytes) return 'malformed'
            this.#hold(input)
            return null
          }
          const line = input.toString('latin1', 0, end).trim()
          input = input.subarray(end + 1)
          if (this.#mode === 'trailer') {
            if (line === '') return this.#done()
          } else if (this.#mode === 'chunk-end') {
            if (line !== '') return 'malformed'
            this.#mode = 'chunk-size'
          } else {
            const size = /^[0-9a-f]{1,12}(?:;.*)?$/i.test(line) ? Number.parseInt(line, 16) : -1
            if (size < 0) return 'malformed'
            this.#left = size
            this.#mode = size === 0 ? 'trailer' : 'chunk-data'
          }
        }
      }
      if (input.length === 0) return null
    }
  }

  /** The connection has ended: an answer where that is its end. */
  end(): Answer | 'closed-early' {
    if (this.#mode !== 'until-close') return 'closed-early'
    this.#isLast = true
    return this.#done()
  }

  #isEmpty(): boolean {
    return this.#mode === 'length' && this.#left === 0
  }

  #hold(input: Buffer): void {
    // The buffer is reused for the next read.
    this.#held = Buffer.from(input)
  }

  #take(piece: Buffer): void {
    this.#bytes += piece.length
    if (piece.length === 0) return
    this.#body?.push(Buffer.from(piece))
    this.onPiece?.(piece)
  }

  #done(): Answer {
    return {
      status: this.#status,
      body: this.#body === null ? null : Buffer.concat(this.#body),
      bodyBytes: this.#bytes,
      isLast: this.#isLast,
    }
  }

  /** True for what is no head of HTTP/1.x. */
  #readHead(input: Buffer, end: number): boolean {
    const last = this.#lastRead
    if (last !== null && this.#lastHead.length === end && this.#lastHead.compare(input, 0, end) === 0) {
      this.#status = last.status
      this.#isLast = last.isLast
      this.#mode = last.mode
      this.#left = last.left
      return false
    }
    this.#lastRead = null
    if (this.#parseHead(input, end)) return true
    this.#lastHead = Buffer.from(input.subarray(0, end))
    this.#lastRead = { status: this.#status, isLast: this.#isLast, mode: this.#mode, left: this.#left }
    return false
  }

  #parseHead(input: Buffer, end: number): boolean {
    // "HTTP/1.x 200"
    if (end < 12 || input[0] !== 72 || input[4] !== 47 || input[5] !== 49) return true
    const status =
      ((input[9] as number) - 48) * 100 + ((input[10] as number) - 48) * 10 + ((input[11] as number) - 48)
    if (!(status >= 100 && status <= 599)) return true
    this.#status = status
    const head = input.toString('latin1', 0, end + 2).toLowerCase()
    this.#isLast = head.includes('\r\nconnection: close') || input[7] === 48
    if (head.includes('\r\ntransfer-encoding:')) {
      this.#mode = 'chunk-size'
      return !head.includes('chunked')
    }
    const at = head.indexOf('\r\ncontent-length:')
    if (at < 0) {
      this.#mode = 'until-close'
      return false
    }
    const length = Number(head.slice(at + 17, head.indexOf('\r\n', at + 17)))
    if (!Number.isSafeInteger(length) || length < 0) return true
    this.#left = length
    this.#mode = 'length'
    return false
  }
}
