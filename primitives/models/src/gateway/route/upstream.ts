import type { Dispatcher } from 'undici'
import type { Authorizer } from '../../providers/authorize.ts'
import type { Api, KnownApi, ProviderCodec } from '../../wire/codec.ts'
import type { PathRule } from './path-rules.ts'

/** Where to connect. */
export interface Endpoint {
  dispatcher: Dispatcher
  /** `http://host:port` */
  origin: string
  /** Path of the base address, without a slash at its end. */
  basePath: string
}

/** How to speak with one replica. */
export interface Upstream {
  replicaId: string
  provider: string
  /** Its own name of the model. */
  model: string
  /** Null while it has no address: an engine that is starting. */
  endpoint: () => Endpoint | null
  authorizer: Authorizer
  /** Null for one that speaks chat completions. */
  codec: ProviderCodec | null
  /** APIs whose bytes it takes as they are. */
  apis: ReadonlySet<Api>
  /** What else it serves, passed as bytes. */
  paths: readonly PathRule[]
}

/** Where each API lives below a base address. */
export const apiPaths: Record<KnownApi, string> = {
  chat: '/chat/completions',
  completions: '/completions',
  embeddings: '/embeddings',
  responses: '/responses',
  messages: '/messages',
}
