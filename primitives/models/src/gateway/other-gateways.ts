import type { CoreServices } from '@heavylift/core'
import type { StoreServices } from '@heavylift/store'
import type { Limits, SharingOptions } from '../admission/limits.ts'
import { PostgresLimitStore } from '../admission/shared/postgres-limit-store.ts'
import type { ReadyAnswers } from '../cache/ready-answers.ts'
import type { Gateway } from './gateway.ts'

const hourMs = 3_600_000
/** Of one thing, others are told no more often. */
const tellEveryMs = 100
/** Answers come by the thousand when they are made ahead; the list of them is read once for many. */
const refreshEveryMs = 1_000
const signals = { wanted: 'models.wanted', takenOut: 'models.taken-out', ready: 'models.ready' }

/** What is told of this gateway, and who hears of the others. */
export interface OtherGateways {
  sharing: SharingOptions
  onTakenOut: (replicaId: string) => void
  onReady: () => void
  /** From now on what others tell arrives. */
  attach(here: { limits: Limits; gateway: Gateway; ready: ReadyAnswers | null }): void
  close(): void
}

/**
 * The gateways on one database, in other processes and on other machines: limits are shared in blocks, a replica that one takes
 * out is looked at sooner by all, answers that one makes ahead are known to all. Only the blocks have to arrive; the rest are
 * hints by LISTEN and NOTIFY.
 */
export function findOtherGateways({
  ids,
  log,
  store,
}: Pick<CoreServices, 'ids' | 'log'> & StoreServices): OtherGateways {
  const db = store.database<unknown>()
  const holder = ids.next('gateway')
  const limitStore = new PostgresLimitStore(db)
  const closing = new AbortController()
  const told = new Map<string, number>()
  const tell = (signal: string, detail: string): void => {
    const key = `${signal} ${detail}`
    const nowMs = performance.now()
    if (nowMs - (told.get(key) ?? -Infinity) < tellEveryMs) return
    if (told.size > 10_000) told.clear()
    told.set(key, nowMs)
    store.shared.notify(signal, db, `${holder} ${detail}`).catch(() => undefined)
  }
  /** Without what this process told itself, and what was missed. */
  const hear = (signal: string, onDetail: (detail: string) => void): void => {
    store.shared.listen(signal, closing.signal, (told) => {
      if (told === null || told.startsWith(`${holder} `)) return
      onDetail(told.slice(told.indexOf(' ') + 1))
    })
  }
  const forget = (): void => {
    limitStore.forget().catch((error: unknown) => log.debug({ error: String(error) }, 'old holders stay'))
  }
  forget()
  const forgetting = setInterval(forget, hourMs).unref()
  return {
    sharing: {
      store: limitStore,
      log,
      holder,
      askBack: ({ kind, scope }) => tell(signals.wanted, `${kind} ${scope}`),
    },
    onTakenOut: (replicaId) => tell(signals.takenOut, replicaId),
    onReady: () => tell(signals.ready, ''),
    attach({ limits, gateway, ready }) {
      hear(signals.wanted, (detail) => {
        const at = detail.indexOf(' ')
        limits.giveBack(detail.slice(0, at), detail.slice(at + 1))
      })
      hear(signals.takenOut, (replicaId) => gateway.suspect(replicaId))
      let refreshing: NodeJS.Timeout | null = null
      hear(signals.ready, () => {
        refreshing ??= setTimeout(() => {
          refreshing = null
          if (closing.signal.aborted) return
          ready
            ?.refresh()
            .catch((error: unknown) => log.warn({ error }, 'answers made ahead could not be read'))
        }, refreshEveryMs).unref()
      })
    },
    close() {
      closing.abort()
      clearInterval(forgetting)
    },
  }
}
