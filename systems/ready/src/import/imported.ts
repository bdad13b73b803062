import type { z } from 'zod'
import type { scenarioSchema } from '../load/scenario.ts'

export type ScenarioInput = z.input<typeof scenarioSchema>
export type RequestInput = ScenarioInput['requests'][number]

/** What a foreign file gave. */
export interface Imported {
  format: string
  /** Null where nothing in the file can be sent. */
  scenario: ScenarioInput | null
  /** What could not be read and is not run: where, and what to do. */
  left: { where: string; advice: string }[]
  /** Secrets that were taken out; each is a variable to be given. */
  secrets: string[]
}

/** Names of headers whose values are somebody's. */
const secretHeaders =
  /^(?:authorization|proxy-authorization|cookie|x-api-key|api-key|x-auth-token|x-csrf-token|x-xsrf-token|x-amz-security-token)$/i
/** Names of fields whose values are, in paths and bodies. */
const secretFields =
  /^(?:access_?token|refresh_?token|id_?token|token|api_?key|apikey|key|secret|client_?secret|password|passwd|pwd|sig|signature|session|session_?id|sid|auth|jwt)$/i
/** Written by the sender itself, or of the connection. */
const ownHeaders =
  /^(?::.*|host|content-length|connection|keep-alive|transfer-encoding|te|upgrade|accept-encoding|proxy-.*|sec-.*|if-none-match|if-modified-since)$/i

/** Makes requests of a file into ones of a scenario: secrets become variables, names are told apart. */
export class RequestCollector {
  readonly requests: RequestInput[] = []
  readonly left: Imported['left'] = []
  readonly secrets = new Set<string>()
  #origin: string | null = null

  get origin(): string | null {
    return this.#origin
  }

  leave(where: string, advice: string): void {
    if (this.left.length < 1000) this.left.push({ where, advice })
  }

  /** Adds a request; what goes to another host than the first is left, since a scenario has one target. */
  add(one: {
    where: string
    name?: string | undefined
    method: string
    url: string
    headers?: readonly (readonly [string, string])[]
    body?: string | undefined
    check?: RequestInput['check']
    weight?: number
    thinkMs?: number
  }): void {
    const method = one.method.toUpperCase()
    if (!/^(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)$/.test(method)) {
      this.leave(one.where, `The method ${method.slice(0, 20)} is not sent.`)
      return
    }
    const split = splitUrl(one.url)
    if (split === null) {
      this.leave(one.where, `"${one.url.slice(0, 100)}" is no http address.`)
      return
    }
    if (split.origin !== null) {
      this.#origin ??= split.origin
      if (split.origin !== this.#origin) {
        this.leave(
          one.where,
          `It goes to ${split.origin}; a scenario has one target (${this.#origin}). Import it by itself.`,
        )
        return
      }
    }
    const headers: Record<string, string> = {}
    for (const [name, value] of one.headers ?? []) {
      if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name) || ownHeaders.test(name)) continue
      headers[name] = secretHeaders.test(name) ? this.#secret(name) : value.replaceAll(/[\r\n]+/g, ' ')
    }
    const path = this.#cleanPath(split.path)
    if (path.length > 8000) {
      this.leave(one.where, 'Its path is longer than 8,000 characters.')
      return
    }
    const body = one.body === undefined || one.body === '' ? undefined : this.#cleanBody(one.body)
    if (body !== undefined && body.length > 1_000_000) {
      this.leave(one.where, 'Its body is longer than 1 MB.')
      return
    }
    if (this.requests.length >= 500) {
      this.leave(one.where, 'A scenario has at most 500 requests; this one is beyond them.')
      return
    }
    this.requests.push({
      name: (one.name?.trim() || `${method} ${split.path.split('?')[0]}`).slice(0, 200),
      method: method as 'GET',
      path,
      headers,
      ...(body === undefined ? {} : { body }),
      ...(one.check === undefined ? {} : { check: one.check }),
      ...(one.weight === undefined ? {} : { weight: one.weight }),
      ...(one.thinkMs === undefined || one.thinkMs <= 0 ? {} : { thinkMs: Math.min(one.thinkMs, 600_000) }),
    })
  }

  /** A pause after the last request that was added; what comes before the first is nothing's. */
  pause(ms: number): void {
    const last = this.requests.at(-1)
    if (last === undefined || !(ms > 0)) return
    last.thinkMs = Math.min(600_000, Math.round((last.thinkMs ?? 0) + ms))
  }

  /** Takes a value out of the answer to the last request: a variable, and where it stands in JSON (`$.a[0].b`). */
  extract(where: string, name: string, path: string): void {
    const last = this.requests.at(-1)
    if (last === undefined || !/^[\w.-]+$/.test(name) || !/^\$[\w.[\]'"-]*$/.test(path))
      this.leave(
        where,
        `What ${name.slice(0, 60)} takes from an answer (${path.slice(0, 60)}) is not read; give it under extract.`,
      )
    else last.extract = { ...last.extract, [name]: path }
  }

  finish(format: string, name: string, load?: ScenarioInput['load']): Imported {
    return {
      format,
      scenario:
        this.requests.length === 0
          ? null
          : {
              name: name.trim().slice(0, 200) || format,
              target: this.#origin ?? 'http://127.0.0.1:8080',
              requests: this.requests,
              load: load ?? [{ kind: 'constant', ratePerSecond: 10, seconds: 30 }],
            },
      left: this.left,
      secrets: [...this.secrets].toSorted(),
    }
  }

  #secret(name: string): string {
    const variable = name.toLowerCase().replaceAll(/\W/g, '_')
    this.secrets.add(variable)
    return `{{${variable}}}`
  }

  #cleanPath(path: string): string {
    const [before = '', query] = path.split(/\?(.*)/s)
    if (query === undefined) return before
    const pairs = query.split('&').map((pair) => {
      const [name = ''] = pair.split('=')
      return secretFields.test(name) && !pair.includes('={{') ? `${name}=${this.#secret(name)}` : pair
    })
    return `${before}?${pairs.join('&')}`
  }

  #cleanBody(body: string): string {
    return body
      .replaceAll(
        /("([\w-]+)"\s*:\s*)"((?:[^"\\]|\\.)*)"/g,
        (whole, start: string, name: string, value: string) =>
          secretFields.test(name) && !value.startsWith('{{') ? `${start}"${this.#secret(name)}"` : whole,
      )
      .replaceAll(/(^|&)([\w-]+)=([^&\s]*)/g, (whole, start: string, name: string, value: string) =>
        secretFields.test(name) && !value.startsWith('{{') ? `${start}${name}=${this.#secret(name)}` : whole,
      )
  }
}

/** Seconds of `1h2m3.5s`, `500ms`, `2 minutes` or a plain number, at most an hour; null where it is none. */
export function durationSeconds(given: unknown): number | null {
  const text = String(given).trim()
  if (/^[\d.]+$/.test(text)) return Math.min(3600, Number(text))
  let total = 0
  const rest = text.replaceAll(
    /([\d.]+)\s*(ms|milliseconds?|hours?|h|minutes?|mins?|m|seconds?|secs?|s)(?![a-z])/g,
    (_, value: string, unit: string) => {
      total +=
        Number(value) *
        (/^m(?:s|il)/.test(unit) ? 0.001 : unit.startsWith('h') ? 3600 : unit.startsWith('m') ? 60 : 1)
      return ''
    },
  )
  return rest.trim() === '' && total >= 0 && text !== '' ? Math.min(3600, total) : null
}

/** Origin and path; the origin is null for a path alone or where it is a variable. */
function splitUrl(text: string): { origin: string | null; path: string } | null {
  const url = text.trim()
  if (url.startsWith('/') && !url.startsWith('//')) return { origin: null, path: noSpaces(url) }
  const templated = /^(?:https?:\/\/)?\{\{[^}]+\}\}[^/?]*(\/[^#]*|\?[^#]*)?/.exec(url)
  if (templated !== null) return { origin: null, path: noSpaces(rooted(templated[1] ?? '/')) }
  const match = /^(https?:\/\/[^/?#\s]+)([^#]*)/i.exec(url)
  if (match === null) return null
  const origin = (match[1] as string).replace(/\/\/[^@/]*@/, '//')
  return { origin, path: noSpaces(rooted(match[2] ?? '/')) }
}

const rooted = (path: string) => (path === '' ? '/' : path.startsWith('/') ? path : `/${path}`)
const noSpaces = (path: string) => path.replaceAll(/[\s\p{Cc}]/gu, '%20')
