import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Caller } from '@heavylift/core'
import type { Api } from '../../wire/codec.ts'
import type { Gateway } from '../gateway.ts'

/** Who calls; rejects with an error that has a status. A promise only when a key has to be looked up. */
export type Identify = (request: IncomingMessage) => Caller | Promise<Caller>

/** One request, as whatever answers it sees it. */
export interface Asking {
  gateway: Gateway
  identify: Identify
  request: IncomingMessage
  response: ServerResponse
  path: string
  /** With its question mark; empty when there is none. */
  query: string
  /** What stands in the path's place of each `:name`, decoded. */
  params: Record<string, string>
  /** Monotonic. */
  arrivedMs: number
}

export type Handle = (asking: Asking) => Promise<void>

/** What the gateway answers itself at one path. */
export interface OwnPath {
  /** With `/v1`; `:name` stands for one segment, `:name*` at the end for the rest. */
  path: string
  /** Whose form its errors have. */
  api: Api
  /** By method. `GET` answers `HEAD` too. */
  methods: Record<string, Handle>
}

interface Compiled extends OwnPath {
  pattern: RegExp | null
}

/** The paths that the gateway answers itself. */
export class OwnPaths {
  readonly #exact = new Map<string, OwnPath>()
  readonly #patterns: Compiled[] = []

  constructor(paths: readonly OwnPath[]) {
    for (const own of paths) {
      if (own.path.includes(':')) this.#patterns.push({ ...own, pattern: patternOf(own.path) })
      else this.#exact.set(own.path, own)
    }
  }

  find(path: string): { own: OwnPath; params: Record<string, string> } | null {
    const own = this.#exact.get(path)
    if (own) return { own, params: {} }
    for (const compiled of this.#patterns) {
      const found = compiled.pattern?.exec(path)
      if (!found) continue
      const params: Record<string, string> = {}
      for (const [name, value] of Object.entries(found.groups ?? {})) params[name] = decoded(value)
      return { own: compiled, params }
    }
    return null
  }

  /** `POST /v1/chat/completions` …, for who asked for something else. */
  list(): string[] {
    return [...this.#exact.values(), ...this.#patterns].map(
      ({ path, methods }) => `${Object.keys(methods).join(' and ')} ${path.replaceAll(/:(\w+)\*?/g, '{$1}')}`,
    )
  }
}

export function allowed({ methods }: OwnPath): string {
  const names = Object.keys(methods)
  return [...names, ...(names.includes('GET') ? ['HEAD'] : []), 'OPTIONS'].join(', ')
}

function patternOf(path: string): RegExp {
  const source = path
    .replaceAll('.', String.raw`\.`)
    .replaceAll(/:(\w+)\*$/g, '(?<$1>.+)')
    .replaceAll(/:(\w+)/g, '(?<$1>[^/]+)')
  return new RegExp(`^${source}$`)
}

/** Names hold slashes, which some clients encode. What is no encoding is a name as it is. */
function decoded(name: string): string {
  try {
    return decodeURIComponent(name)
  } catch {
    return name
  }
}
