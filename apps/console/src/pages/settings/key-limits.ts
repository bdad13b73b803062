import { formatDay } from '@heavylift/ui'
import type { KeyInfo } from '../../api.ts'

/** What a key may use, as typed; empty for no limit. */
export interface LimitsDraft {
  /** Names with commas or blanks between. */
  models: string
  requestsPerMinute: string
  budgetUsdPerDay: string
  /** The last day on which it works, `2026-12-31`, where the browser is. */
  lastDay: string
}

export const noLimits: LimitsDraft = { models: '', requestsPerMinute: '', budgetUsdPerDay: '', lastDay: '' }

/** The part of a new key that says what it may use. */
export function limitsOf(draft: LimitsDraft): Pick<KeyInfo, 'limits' | 'expiresAtMs'> {
  const models = draft.models.split(/[\s,]+/).filter(Boolean)
  const numberOf = (text: string) => (text === '' ? null : Number(text))
  const limits = {
    models: models.length === 0 ? null : models,
    requestsPerMinute: numberOf(draft.requestsPerMinute),
    tokensPerMinute: null,
    maxInFlight: null,
    budgetUsdPerDay: numberOf(draft.budgetUsdPerDay),
    budgetUsdPerMonth: null,
  }
  return {
    limits: Object.values(limits).every((limit) => limit === null) ? null : limits,
    expiresAtMs: draft.lastDay === '' ? null : new Date(`${draft.lastDay}T23:59:59.999`).getTime(),
  }
}

/** What a key may use, in words; empty when nothing limits it. */
export function limitsText({ limits, expiresAtMs }: Pick<KeyInfo, 'limits' | 'expiresAtMs'>): string {
  const per = (limit: number | null | undefined, unit: string) =>
    limit === null || limit === undefined ? [] : [`${limit} ${unit}`]
  return [
    ...(limits?.models ? [limits.models.join(', ')] : []),
    ...per(limits?.requestsPerMinute, 'requests a minute'),
    ...per(limits?.tokensPerMinute, 'tokens a minute'),
    ...per(limits?.maxInFlight, 'at once'),
    ...per(limits?.budgetUsdPerDay, 'USD a day'),
    ...per(limits?.budgetUsdPerMonth, 'USD a month'),
    ...(expiresAtMs === null ? [] : [`until ${formatDay(expiresAtMs)}`]),
  ].join(' · ')
}
