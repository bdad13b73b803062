import { Client } from 'undici'
import type { Dispatcher } from 'undici'
import type { Fault, Sender, Sent } from './connection.ts'
import type { Target } from './target.ts'

/**
 * A request at a time by undici, for TLS and HTTP/2. With HTTP/2 all senders of a run share one connection and each takes a stream of it; with
 * HTTP/1.1 each has its own. It connects to the address that was allowed, whatever the name says by now.
 */
export class UndiciSender implements Sender {
  readonly #client: Client
  readonly #ownsClient: boolean
  readonly #maxAnswerBytes: number
  #sent: Sent | null = null
  #abort: (() => void) | null = null
  isClosed = false
  deadlineMs = Infinity
  freeSinceMs = 0

  constructor(target: Target, maxAnswerBytes: number, shared: Client | null) {
    this.#client = shared ?? openClient(target, false)
    this.#ownsClient = shared === null
    this.#maxAnswerBytes = maxAnswerBytes
  }

  get isBusy(): boolean {
    return this.#sent !== null
  }

  send(sent: Sent): void {
    this.#sent = sent
    const { method, path, headers, body } = sent.prepared.parts(sent.values)
    const pieces: Buffer[] = []
    let status = 0
    let bodyBytes = 0
    const handler: Dispatcher.DispatchHandler = {
      onRequestStart: (controller) => {
        this.#abort = () => controller.abort(new Error('ended'))
      },
      onResponseStart(_controller, statusCode) {
        status = statusCode
      },
      onResponseData: (controller, piece) => {
        bodyBytes += piece.length
        if (sent.keepsBody) pieces.push(piece)
        sent.onPiece?.(piece)
        if (bodyBytes <= this.#maxAnswerBytes) return
        this.#finish('too-large')
        controller.abort(new Error('too large'))
      },
      onResponseEnd: () =>
        this.#finish({
          status,
          body: sent.keepsBody ? Buffer.concat(pieces) : null,
          bodyBytes,
          isLast: false,
        }),
      onResponseError: (_controller, error) => this.#finish(faultOf(error, status)),
    }
    const flat = headers.filter(([name]) => name.toLowerCase() !== 'host').flat()
    this.#client.dispatch({ method: method as Dispatcher.HttpMethod, path, headers: flat, body }, handler)
  }

  close(fault: Fault = 'stopped'): void {
    if (this.isClosed) return
    this.isClosed = true
    this.#abort?.()
    if (this.#ownsClient) this.#client.destroy(null).catch(() => undefined)
    this.#finish(fault)
  }

  #finish(result: Parameters<Sent['done']>[0]): void {
    const sent = this.#sent
    this.#sent = null
    this.#abort = null
    if (typeof result === 'string' && !this.isClosed) {
      this.isClosed = true
      if (this.#ownsClient) this.#client.destroy(null).catch(() => undefined)
    }
    sent?.done(result)
  }
}

/** One connection to the allowed address; certificates are checked for the name that the target has. */
export function openClient({ protocol, authority, host, port }: Target, isHttp2: boolean): Client {
  return new Client(`${protocol}//${authority}`, {
    allowH2: isHttp2,
    pipelining: isHttp2 ? 1000 : 1,
    maxConcurrentStreams: 1000,
    headersTimeout: 0,
    bodyTimeout: 0,
    connect: {
      port,
      // The name was looked up once, when it was allowed.
      lookup: (_name, options, done) => {
        const family = host.includes(':') ? 6 : 4
        if (options.all === true) done(null, [{ address: host, family }])
        else done(null, host, family)
      },
    },
  })
}

function faultOf(error: Error & { code?: string }, status: number): Fault {
  const { code = '' } = error
  if (code === 'ECONNREFUSED') return 'refused'
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'dns'
  if (/^ERR_TLS|^ERR_SSL|CERT|^EPROTO|SELF_SIGNED|UNABLE_TO/.test(code)) return 'tls'
  if (code.startsWith('HPE_')) return 'malformed'
  if (status > 0 || /other side closed|ended/.test(error.message)) return 'closed-early'
  return code === 'ECONNRESET' || code === 'EPIPE' || code === 'UND_ERR_SOCKET' ? 'reset' : 'unreachable'
}
