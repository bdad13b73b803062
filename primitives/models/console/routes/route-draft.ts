import type { ModelConfig } from '../../src/table/gateway-config.ts'

/** A route as its form holds it: what was typed. An empty number is "none" where that is allowed, else the default. */
export interface RouteDraft {
  policy: string
  retries: string
  hedgeAfterMs: string
  firstTokenMs: string
  betweenTokensMs: string
  wholeAnswerMs: string
  totalMs: string
  maxWaiting: string
  maxWaitMs: string
  isCached: boolean
  ttlSeconds: string
  replay: string
  isShared: boolean
  targets: TargetDraft[]
}

export interface TargetDraft {
  provider: string
  model: string
  tier: string
}

export function draftOf(model: ModelConfig): RouteDraft {
  return {
    policy: model.policy,
    retries: String(model.retries),
    hedgeAfterMs: model.hedgeAfterMs === null ? '' : String(model.hedgeAfterMs),
    firstTokenMs: String(model.deadlines.firstTokenMs),
    betweenTokensMs: String(model.deadlines.betweenTokensMs),
    wholeAnswerMs: model.deadlines.wholeAnswerMs === null ? '' : String(model.deadlines.wholeAnswerMs),
    totalMs: String(model.deadlines.totalMs),
    maxWaiting: String(model.queue.maxWaiting),
    maxWaitMs: String(model.queue.maxWaitMs),
    isCached: model.cache !== null,
    ttlSeconds: String(model.cache?.ttlSeconds ?? 3600),
    replay: model.cache?.replay ?? 'at-once',
    isShared: model.cache?.shared ?? false,
    targets: model.targets.map(({ provider, model: upstream, tier }) => ({
      provider,
      model: upstream,
      tier: String(tier),
    })),
  }
}

/** What a new model begins with; the server fills in every default. */
export const newDraft = (provider: string): RouteDraft => ({
  policy: 'least-outstanding',
  retries: '2',
  hedgeAfterMs: '',
  firstTokenMs: '60000',
  betweenTokensMs: '30000',
  wholeAnswerMs: '',
  totalMs: '600000',
  maxWaiting: '256',
  maxWaitMs: '30000',
  isCached: false,
  ttlSeconds: '3600',
  replay: 'at-once',
  isShared: false,
  targets: [{ provider, model: '', tier: '0' }],
})

/**
 * Fields that differ from `before`, as the file has them. Whole parts are sent (`deadlines`), since the file's own may
 * leave fields out. What is not a number goes as it was typed: the server says what is wrong with it.
 */
export function changesOf(before: RouteDraft | null, after: RouteDraft): Record<string, unknown> {
  const was = before === null ? {} : partsOf(before)
  return Object.fromEntries(
    Object.entries(partsOf(after)).filter(
      ([name, value]) => JSON.stringify(value) !== JSON.stringify((was as Record<string, unknown>)[name]),
    ),
  )
}

function partsOf(draft: RouteDraft) {
  return {
    targets: draft.targets.map(({ provider, model, tier }) => ({
      provider,
      model,
      ...(tier === '0' || tier === '' ? {} : { tier: number(tier) }),
    })),
    policy: draft.policy,
    retries: number(draft.retries),
    hedgeAfterMs: draft.hedgeAfterMs === '' ? null : number(draft.hedgeAfterMs),
    deadlines: {
      firstTokenMs: number(draft.firstTokenMs),
      betweenTokensMs: number(draft.betweenTokensMs),
      ...(draft.wholeAnswerMs === '' ? {} : { wholeAnswerMs: number(draft.wholeAnswerMs) }),
      totalMs: number(draft.totalMs),
    },
    queue: { maxWaiting: number(draft.maxWaiting), maxWaitMs: number(draft.maxWaitMs) },
    cache: draft.isCached
      ? { ttlSeconds: number(draft.ttlSeconds), replay: draft.replay, shared: draft.isShared }
      : null,
  }
}

function number(text: string): number | string {
  const value = Number(text)
  return text.trim() === '' || Number.isNaN(value) ? text : value
}
