/** One request that went to a dependency, as its proxy saw it. Times in milliseconds since 1970. */
export interface Call {
  startMs: number
  /** First byte of the answer; null where none came. */
  answeredMs: number | null
  /** Null where it is not HTTP/1. */
  method: string | null
  path: string | null
  /** Of the header `Idempotency-Key`, where it has one. */
  idempotencyKey: string | null
  status: number | null
  /** What tells this request's content from others': method, path and body as far as the first piece has it. */
  print: string
}

export interface Watched {
  calls: Call[]
  /** Connections that are open now. */
  openConnections: number
}

const mostCalls = 200_000

/** Keeps what a proxy sees; the first of what no longer fits is dropped. */
export class CallLog {
  #calls: Call[] = []

  begin(bytes: Buffer, nowMs: number): Call {
    const text = bytes.toString('latin1', 0, 4096)
    const line = /^([A-Z]{3,10}) (\S+) HTTP\/1\.[01]\r\n/.exec(text)
    const head = text.indexOf('\r\n\r\n')
    const call: Call = {
      startMs: nowMs,
      answeredMs: null,
      method: line?.[1] ?? null,
      path: line?.[2] ?? null,
      idempotencyKey:
        /\r\nidempotency-key: *([^\r\n]{1,200})/i.exec(head < 0 ? text : text.slice(0, head))?.[1] ?? null,
      status: null,
      print: line === null ? '' : `${line[1]} ${line[2]} ${head < 0 ? '' : text.slice(head + 4)}`,
    }
    if (this.#calls.length >= mostCalls) this.#calls = this.#calls.slice(mostCalls / 2)
    this.#calls.push(call)
    return call
  }

  answer(call: Call, bytes: Buffer, nowMs: number): void {
    if (call.answeredMs !== null) return
    call.answeredMs = nowMs
    const status = /^HTTP\/1\.[01] (\d{3})/.exec(bytes.toString('latin1', 0, 16))?.[1]
    if (status !== undefined) call.status = Number(status)
  }

  since(fromMs: number): Call[] {
    return this.#calls.filter(({ startMs }) => startMs >= fromMs)
  }
}
