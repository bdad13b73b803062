import { InvalidInputError } from '@heavylift/core'

/** Deeper than any request; a body of brackets only must not cost more than this. */
const deepest = 1024
/** Strings longer than this are looked at for being pictures. */
const longString = 4096

const dataUrl = 'data:'
/** Members that hold base64 in one of the APIs: Anthropic's sources, OpenAI's sound and files, Ollama's pictures. */
const mediaMembers = new Set(['data', 'file_data', 'images', 'image_base64', 'b64_json', 'bytes'])

const quote = 0x22
const backslash = 0x5c
const comma = 0x2c
const colon = 0x3a
const openBrace = 0x7b
const closeBrace = 0x7d
const openBracket = 0x5b
const closeBracket = 0x5d

/** Moves over JSON text in bytes without making values of it. Every method throws `body-not-json` with the position. */
export class JsonScanner {
  /** The next byte to read. */
  at = 0
  /** Bytes and number of long strings that hold pictures, sound or files in base64, and not words. */
  mediaBytes = 0
  mediaCount = 0
  readonly #bytes: Buffer
  /** The last member's name, with its quotes. */
  #keyStart = 0
  #keyEnd = 0

  constructor(bytes: Buffer) {
    this.#bytes = bytes
  }

  openObject(): void {
    this.#skipSpace()
    if (this.#bytes[this.at] !== openBrace) this.#fail('expected an object')
    this.at++
  }

  /** The first member's name, with `at` on its value; null when the object is empty, with `at` after it. */
  firstKey(): string | null {
    this.#skipSpace()
    if (this.#bytes[this.at] !== closeBrace) return this.#key()
    this.at++
    return null
  }

  /** After a value: the next member's name, or null at the end of the object. */
  nextKey(): string | null {
    this.#skipSpace()
    const byte = this.#bytes[this.at]
    if (byte === closeBrace) {
      this.at++
      return null
    }
    if (byte !== comma) this.#fail('expected , or }')
    this.at++
    this.#skipSpace()
    return this.#key()
  }

  /** Nothing but white space may follow. */
  expectEnd(): void {
    this.#skipSpace()
    if (this.at < this.#bytes.length) this.#fail('expected the end')
  }

  /** From a value's first byte to after its last. */
  skipValue(): void {
    const bytes = this.#bytes
    // Bit n of the stack says whether level n is an object.
    const stack: boolean[] = []
    for (;;) {
      this.#skipSpace()
      const byte = bytes[this.at]
      if (byte === openBrace) {
        if (stack.length === deepest) this.#fail(`nested more than ${deepest} deep`)
        this.at++
        this.#skipSpace()
        if (bytes[this.at] !== closeBrace) {
          stack.push(true)
          this.#skipKey()
          continue
        }
        this.at++
      } else if (byte === openBracket) {
        if (stack.length === deepest) this.#fail(`nested more than ${deepest} deep`)
        this.at++
        this.#skipSpace()
        if (bytes[this.at] !== closeBracket) {
          stack.push(false)
          continue
        }
        this.at++
      } else if (byte === quote) {
        this.#skipString()
      } else {
        this.#skipScalar(byte)
      }
      // A value has ended: close what it ends, until another one follows.
      for (;;) {
        const isObject = stack.at(-1)
        if (isObject === undefined) return
        this.#skipSpace()
        const next = bytes[this.at]
        if (next === comma) {
          this.at++
          if (isObject) {
            this.#skipSpace()
            this.#skipKey()
          }
          break
        }
        if (next !== (isObject ? closeBrace : closeBracket))
          this.#fail(isObject ? 'expected , or }' : 'expected , or ]')
        this.at++
        stack.pop()
      }
    }
  }

  #key(): string {
    const start = this.at
    this.#skipString()
    const end = this.at
    this.#skipColon()
    const name = this.#bytes.toString('utf8', start + 1, end - 1)
    if (!name.includes('\\')) return name
    try {
      return String(JSON.parse(`"${name}"`))
    } catch {
      this.at = start
      return this.#fail('expected a member name')
    }
  }

  #skipKey(): void {
    this.#keyStart = this.at
    this.#skipString()
    this.#keyEnd = this.at
    this.#skipColon()
  }

  #skipColon(): void {
    this.#skipSpace()
    if (this.#bytes[this.at] !== colon) this.#fail('expected :')
    this.at++
    this.#skipSpace()
  }

  #skipString(): void {
    const bytes = this.#bytes
    const start = this.at
    if (bytes[start] !== quote) this.#fail('expected a string')
    let at = start + 1
    for (;;) {
      // Names, short values and text full of escapes: a loop is quicker than calls out of JavaScript.
      const shortEnd = Math.min(at + 24, bytes.length)
      while (at < shortEnd) {
        const byte = bytes[at]
        if (byte === quote) break
        at += byte === backslash ? 2 : 1
      }
      if (at < shortEnd) break
      const end = bytes.indexOf(quote, at)
      if (end < 0) this.#fail('a string does not end')
      let slashes = 0
      while (end - 1 - slashes >= at && bytes[end - 1 - slashes] === backslash) slashes++
      at = end
      if (slashes % 2 === 0) break
      at++
    }
    at++
    this.at = at
    if (at - start > longString && this.#isMedia(start + 1)) {
      this.mediaBytes += at - start
      this.mediaCount++
    }
  }

  /** A data URL, or base64 where the APIs have it: text without blanks is still text, and billed so. */
  #isMedia(start: number): boolean {
    if (this.#bytes.toString('latin1', start, start + dataUrl.length) === dataUrl) return true
    const name = this.#bytes.toString('latin1', this.#keyStart + 1, this.#keyEnd - 1)
    return mediaMembers.has(name) && this.#looksEncoded(start)
  }

  /** Whether the text from here on is base64: words have spaces, line ends or letters of other scripts. */
  #looksEncoded(start: number): boolean {
    for (let at = start; at < start + 256; at++) {
      const byte = this.#bytes[at]!
      const isAllowed =
        (byte >= 0x61 && byte <= 0x7a) || // a-z
        (byte >= 0x41 && byte <= 0x5a) || // A-Z
        (byte >= 0x2b && byte <= 0x3b) || // + , - . / 0-9 : ;
        byte === 0x3d || // =
        byte === 0x5f // _
      if (!isAllowed) return false
    }
    return true
  }

  #skipScalar(byte: number | undefined): void {
    if (byte === 0x74) return this.#skipWord('true')
    if (byte === 0x66) return this.#skipWord('false')
    if (byte === 0x6e) return this.#skipWord('null')
    this.#skipNumber()
  }

  #skipWord(word: string): void {
    for (let i = 0; i < word.length; i++) {
      if (this.#bytes[this.at + i] !== word.charCodeAt(i)) this.#fail(`expected ${word}`)
    }
    this.at += word.length
  }

  /** RFC 8259, section 6. */
  #skipNumber(): void {
    if (this.#bytes[this.at] === 0x2d) this.at++
    if (this.#bytes[this.at] === 0x30) this.at++
    else this.#skipDigits()
    if (this.#bytes[this.at] === 0x2e) {
      this.at++
      this.#skipDigits()
    }
    const exponent = this.#bytes[this.at]
    if (exponent === 0x65 || exponent === 0x45) {
      this.at++
      const sign = this.#bytes[this.at]
      if (sign === 0x2b || sign === 0x2d) this.at++
      this.#skipDigits()
    }
  }

  #skipDigits(): void {
    const start = this.at
    for (;;) {
      const byte = this.#bytes[this.at]
      if (byte === undefined || byte < 0x30 || byte > 0x39) break
      this.at++
    }
    if (this.at === start) this.#fail('expected a value')
  }

  #skipSpace(): void {
    const bytes = this.#bytes
    for (;;) {
      const byte = bytes[this.at]
      if (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) return
      this.at++
    }
  }

  #fail(what: string): never {
    throw new InvalidInputError({
      code: 'body-not-json',
      message: `The request body is not valid JSON: ${what} at byte ${this.at}.`,
      details: { position: this.at },
    })
  }
}
