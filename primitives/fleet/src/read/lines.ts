/** Longest line in characters; what is longer is cut into such pieces, so that a file without line ends needs no memory. */
const maxLineLength = 1 << 20

/** Splits text that comes in pieces into lines, without their ends (LF, CRLF or CR LF over two pieces). Numbers are from 1. */
export class Lines {
  #rest = ''
  #line = 0
  readonly #onLine: (text: string, line: number) => void

  constructor(onLine: (text: string, line: number) => void) {
    this.#onLine = onLine
  }

  push(text: string): void {
    const all = this.#rest + text
    let start = 0
    for (let end = all.indexOf('\n'); end !== -1; end = all.indexOf('\n', start)) {
      this.#emit(all.slice(start, all.charCodeAt(end - 1) === 13 && end > start ? end - 1 : end))
      start = end + 1
    }
    this.#rest = all.slice(start)
    if (this.#rest.length > maxLineLength) {
      this.#emit(this.#rest)
      this.#rest = ''
    }
  }

  end(): void {
    if (this.#rest !== '') this.#emit(this.#rest.endsWith('\r') ? this.#rest.slice(0, -1) : this.#rest)
    this.#rest = ''
  }

  #emit(text: string): void {
    this.#onLine(text, ++this.#line)
  }
}
