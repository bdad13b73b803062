// What the server's own routes (below `/api/heavylift`) answer. Times are epoch milliseconds.
import type { Tile } from '@heavylift/core'
import type { DecisionSummary, ExperimentReport } from '@heavylift/store'

/** `GET /api/heavylift/systems` */
export interface SystemsAnswer {
  version: string
  tenant: string
  scope: 'storefront' | 'operator' | 'admin'
  systems: SystemInfo[]
}

export interface SystemInfo {
  name: string
  title: string
  summary: string
  layer: 'system' | 'primitive'
  state: 'starting' | 'running' | 'failed' | 'stopped'
  pages: { path: string; title: string }[]
}

/** `GET /api/heavylift/tiles` (SSE): one event a system when it changes, all of them at the start. */
export interface TileEvent {
  system: string
  tile: Tile
}

/** `GET /api/heavylift/ledger/decisions?system=&kind=&fromMs=&toMs=&before=&limit=` */
export interface DecisionsAnswer {
  decisions: DecisionRow[]
  /** Pass as `before` for the next page; null on the last. */
  next: string | null
}

export interface DecisionRow {
  id: string
  system: string
  kind: string
  subjectId: string | null
  output: unknown
  confidence: number | null
  /** Millionths of a US dollar. */
  costMicros: number
  durationMs: number
  version: string
  atMs: number
  /** What came back later. */
  outcomes: { kind: string; value: number; atMs: number }[]
}

/** `GET /api/heavylift/ledger/summary?system=&sinceMs=` */
export interface LedgerAnswer {
  summary: DecisionSummary
  /** Equal steps over the range, empty ones included. */
  timeline: { atMs: number; count: number; p50Ms: number | null; p99Ms: number | null; costMicros: number }[]
  stepMs: number
  /** Duration histogram; bounds grow by a constant factor. */
  durations: { lowMs: number; highMs: number; count: number }[]
}

/** `GET /api/heavylift/experiments` */
export interface ExperimentsAnswer {
  experiments: {
    name: string
    system: string
    outcomeKind: string
    report: ExperimentReport
  }[]
}

/** `GET /api/heavylift/keys` */
export interface KeysAnswer {
  keys: KeyInfo[]
}

export interface KeyInfo {
  keyId: string
  name: string
  tenantId: string
  kind: 'secret' | 'publishable'
  scope: 'storefront' | 'operator' | 'admin'
  /** How the secret starts, to tell keys apart. */
  prefix: string
  /** Pages that may use a publishable key. */
  allowedOrigins: string[]
  createdAtMs: number
  lastUsedAtMs: number | null
  revokedAtMs: number | null
}

/** `POST /api/heavylift/keys` `{ name, scope, kind, allowedOrigins }`: the only time that the secret is shown. */
export interface CreatedKey {
  key: KeyInfo
  secret: string
}

/** `GET /api/heavylift/settings` */
export interface SettingsAnswer {
  options: {
    name: string
    description: string
    /** As text; secrets are masked by the server. */
    value: string
    source: 'default' | 'file' | 'environment'
  }[]
}
