import { connect } from 'node:net'
import type { Socket } from 'node:net'

/** What came back for one request. Times are monotonic milliseconds. */
export interface Answer {
  /** 0 when the connection broke before a head came. */
  status: number
  sentMs: number
  /** First byte of the body; NaN when none came. */
  firstMs: number
  endMs: number
  /** The connection carried the answer to its end. */
  isWhole: boolean
  /** Raw, with chunk frames; empty unless kept. */
  body: string
}

/** The bytes of a POST, made once and sent often. */
export function postBytes(
  address: string,
  path: string,
  headers: Record<string, string>,
  body: string,
): Buffer {
  const lines = Object.entries({
    host: new URL(address).host,
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(body)),
    ...headers,
  }).map(([name, value]) => `${name}: ${value}\r\n`)
  return Buffer.from(`POST ${path} HTTP/1.1\r\n${lines.join('')}\r\n${body}`)
}

const lastChunk = '0\r\n\r\n'

/** A client of the fewest instructions, so that it takes little from a machine that it shares: bare sockets, one request at a time on each. */
export class HttpClient {
  readonly #host: string
  readonly #port: number
  readonly #idle: Connection[] = []
  readonly #all = new Set<Connection>()

  constructor(address: string) {
    const { hostname, port } = new URL(address)
    this.#host = hostname
    this.#port = Number(port)
  }

  /** Opens a connection when none is idle. Never rejects: what broke is not whole. `leaves`: at the first byte of the body. */
  send(request: Buffer, keepBody: boolean, leaves = false): Promise<Answer> {
    let connection = this.#idle.pop()
    while (connection?.isClosed === true) connection = this.#idle.pop()
    const used = connection ?? this.#open()
    return new Promise((resolve) => {
      used.send(request, { keepBody, leaves }, (answer) => {
        if (used.isClosed) this.#all.delete(used)
        else this.#idle.push(used)
        resolve(answer)
      })
    })
  }

  close(): void {
    for (const connection of this.#all) connection.close()
  }

  #open(): Connection {
    const connection = new Connection(connect({ host: this.#host, port: this.#port, noDelay: true }))
    this.#all.add(connection)
    return connection
  }
}

class Connection {
  isClosed = false
  readonly #socket: Socket
  #done: ((answer: Answer) => void) | null = null
  #sentMs = 0
  #firstMs = Number.NaN
  #keepBody = false
  #leaves = false
  #text = ''
  /** Null until the head is whole. */
  #head: { status: number; length: number | null } | null = null
  #bodyBytes = 0

  constructor(socket: Socket) {
    this.#socket = socket
    socket.setEncoding('latin1')
    socket.on('data', (text: string) => this.#read(text))
    socket.on('error', () => socket.destroy())
    socket.on('close', () => {
      this.isClosed = true
      this.#end(false)
    })
  }

  send(
    request: Buffer,
    { keepBody, leaves }: { keepBody: boolean; leaves: boolean },
    done: (answer: Answer) => void,
  ): void {
    this.#done = done
    this.#keepBody = keepBody
    this.#leaves = leaves
    this.#text = ''
    this.#head = null
    this.#bodyBytes = 0
    this.#firstMs = Number.NaN
    this.#sentMs = performance.now()
    this.#socket.write(request)
  }

  close(): void {
    this.#socket.destroy()
  }

  #read(text: string): void {
    let part = text
    if (this.#head === null) {
      this.#text += part
      const end = this.#text.indexOf('\r\n\r\n')
      if (end === -1) return
      const head = this.#text.slice(0, end)
      const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1]
      this.#head = { status: Number(head.slice(9, 12)), length: length === undefined ? null : Number(length) }
      part = this.#text.slice(end + 4)
      this.#text = ''
    }
    if (part === '') return
    if (this.#bodyBytes === 0) this.#firstMs = performance.now()
    if (this.#leaves) {
      this.#socket.destroy()
      return
    }
    this.#bodyBytes += part.length
    // Of a body that nobody looks at, only its end tells whether it is over.
    this.#text = this.#keepBody ? this.#text + part : (this.#text + part).slice(-lastChunk.length)
    const { length } = this.#head
    if (length === null ? this.#text.endsWith(lastChunk) : this.#bodyBytes >= length) this.#end(true)
  }

  #end(isWhole: boolean): void {
    const done = this.#done
    if (done === null) return
    this.#done = null
    done({
      status: this.#head?.status ?? 0,
      sentMs: this.#sentMs,
      firstMs: this.#firstMs,
      endMs: performance.now(),
      isWhole,
      body: this.#keepBody ? this.#text : '',
    })
  }
}
