import { readEvents } from './event-stream.ts'
import type { StreamedEvent } from './event-stream.ts'

/** What went wrong with a request, in the server's words where it had any. */
export class ApiError extends Error {
  readonly code: string
  readonly status: number
  /** Names the request in the server's log; null when no server answered. */
  readonly requestId: string | null
  readonly details: unknown
  constructor(options: {
    code: string
    message: string
    status: number
    requestId: string | null
    details?: unknown
  }) {
    super(options.message)
    this.name = 'ApiError'
    this.code = options.code
    this.status = options.status
    this.requestId = options.requestId
    this.details = options.details
  }
}

const keyStorage = 'heavylift.key'

/** The API key for a server that asks for one; kept for the browser session only. */
export function storedKey(): string | null {
  try {
    return sessionStorage.getItem(keyStorage)
  } catch {
    return null
  }
}

export function storeKey(key: string | null): void {
  try {
    if (key === null) sessionStorage.removeItem(keyStorage)
    else sessionStorage.setItem(keyStorage, key)
  } catch {
    // Storage is blocked: the key has to be typed again after a reload.
  }
}

/** Fetches with the key, or with the one that `init` brings; rejects with an `ApiError` unless the answer is 2xx. */
export async function send(path: string, init: RequestInit = {}): Promise<Response> {
  const headers = new Headers(init.headers)
  const key = storedKey()
  if (key && !headers.has('authorization')) headers.set('authorization', `Bearer ${key}`)
  let response: Response
  try {
    response = await fetch(path, { ...init, headers })
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause
    throw new ApiError({
      code: 'offline',
      message: 'The server does not answer. Check that it is running; this page tries again by itself.',
      status: 0,
      requestId: null,
    })
  }
  if (response.ok) return response
  throw await toError(response)
}

async function toError(response: Response): Promise<ApiError> {
  const requestId = response.headers.get('x-request-id')
  const body: unknown = await response.json().catch(() => null)
  const error = isRecord(body) && isRecord(body['error']) ? body['error'] : isRecord(body) ? body : {}
  return new ApiError({
    code: typeof error['code'] === 'string' ? error['code'] : `http-${response.status}`,
    message:
      typeof error['message'] === 'string' ? error['message'] : `The server answered ${response.status}.`,
    status: response.status,
    requestId: typeof error['id'] === 'string' ? error['id'] : requestId,
    details: error['details'],
  })
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

/** JSON of a GET, or of whatever `init` says. The type is the documented shape; the server is trusted to hold to it. */
export async function getJson<T>(path: string, init: RequestInit = {}): Promise<T> {
  const response = await send(path, init)
  return (response.status === 204 ? null : await response.json()) as T
}

export function sendJson<T>(method: string, path: string, body?: unknown): Promise<T> {
  return getJson<T>(path, {
    method,
    ...(body === undefined
      ? {}
      : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  })
}

/** Query string of what is set: `''`, null and undefined are left out. */
export function query(values: Record<string, string | number | boolean | null | undefined>): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(values)) {
    if (value !== undefined && value !== null && value !== '') search.set(name, String(value))
  }
  const text = search.toString()
  return text === '' ? '' : `?${text}`
}

/** Events of a GET stream until it ends or `signal` aborts. */
export async function* getEvents(
  path: string,
  options: { signal: AbortSignal; lastEventId?: string },
): AsyncGenerator<StreamedEvent> {
  const response = await send(path, {
    signal: options.signal,
    headers: {
      accept: 'text/event-stream',
      ...(options.lastEventId ? { 'last-event-id': options.lastEventId } : {}),
    },
  })
  if (response.body) yield* readEvents(response.body)
}
