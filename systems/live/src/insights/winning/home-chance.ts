import type { Insight } from '../../domain/insight.ts'

/** The home side's chance to win as one number, a draw as half a win; null for an insight that is of something else. Pages use it too. */
export function homeChanceOf({
  kind,
  estimate,
  detail,
}: Pick<Insight, 'kind' | 'estimate' | 'detail'>): number | null {
  if (!kind.endsWith('.win-probability')) return null
  if (estimate.type === 'probability') return estimate.probability
  const { home, draw } = detail
  return typeof home === 'number' && typeof draw === 'number' ? home + draw / 2 : null
}
