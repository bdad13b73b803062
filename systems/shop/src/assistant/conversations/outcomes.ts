import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'

/** What became of a message, for finding conversations by it. A turn has at most one. */
export const turnOutcomes = [
  'nothing-found',
  'store-unsaid',
  'not-ours',
  'care',
  'asked-to-sign-in',
  'proposed',
  'failed',
] as const
export type TurnOutcomeName = (typeof turnOutcomes)[number]

/** A condition over a row of `turn`. */
export const outcomeCondition: Record<TurnOutcomeName, RawBuilder<boolean>> = {
  'nothing-found': sql<boolean>`turn.status = 'done' and turn.plan->>'kind' in ('results', 'deals')
    and not turn.parts @> '[{"type": "data-products"}]'::jsonb`,
  'store-unsaid': sql<boolean>`turn.status = 'done' and turn.plan->>'kind' = 'policy'
    and turn.calls @> '[{"step": "policy", "result": {"sections": []}}]'::jsonb
    and not jsonb_path_exists(turn.calls, '$[*].result.sections[0]')`,
  'not-ours': sql<boolean>`turn.plan->>'kind' = 'not-ours'`,
  care: sql<boolean>`turn.plan->>'kind' = 'care'`,
  'asked-to-sign-in': sql<boolean>`turn.plan->>'clarify' = 'sign-in'`,
  proposed: sql<boolean>`turn.parts @> '[{"type": "data-confirmation"}]'::jsonb`,
  failed: sql<boolean>`turn.status in ('failed', 'interrupted')`,
}
