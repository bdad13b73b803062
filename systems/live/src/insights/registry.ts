import { eventsRule } from '../events/events-rule.ts'
import type { Rule } from '../domain/rule.ts'
import { createBurnBarRule } from './fuel/burn-bar-rule.ts'
import { blitzRule } from './tracking/blitz-rule.ts'
import { coverageRule } from './tracking/coverage-rule.ts'
import { pocketHealthRule, pressureRule } from './tracking/pocket-rules.ts'
import { rusherRule } from './tracking/rusher-rule.ts'
import { keyMomentsRule } from './winning/moments/key-moments-rule.ts'
import { momentumRule } from './winning/moments/momentum-rule.ts'
import { nbaWinProbabilityRule } from './winning/nba/win-probability-rule.ts'
import { soccerWinProbabilityRule } from './winning/soccer/win-probability-rule.ts'
import { soccerXgRule } from './winning/soccer/xg-rule.ts'
import { nflEndOfGameRule } from './winning/nfl/end-of-game-rule.ts'
import { nflWinProbabilityRule } from './winning/nfl/win-probability-rule.ts'

/** A rule with what belongs to it elsewhere. */
export interface Registration {
  rule: Rule
  /** Kinds of insights that it says, as in `kinds.ts`; none for a rule that says tags only. */
  kinds: readonly string[]
  /** Models of `trainables.ts` whose weights it reads. */
  models: readonly string[]
}

/** Models that tell what a moment did to the result, whatever the sport. */
const momentModels: readonly string[] = [
  'nfl-win-probability',
  'nfl-late-win-probability',
  'nba-win-probability',
  'soccer-goals',
  'soccer-xg',
]

/**
 * Every rule that a match runs, in the order in which they see an event. Adding an insight touches, in this order:
 *
 * 1. a folder here (or one of those that are), with a rule: state and event in, insights and outcomes out, nothing else;
 * 2. `kinds.ts`: its kind in words and its sports, which is all that filters and pages of the console need;
 * 3. this list;
 * 4. where it has a model: its training in `trainables.ts`, its weights and report in `weights/` (`heavylift live train`),
 *    and an eval in `evals/`;
 * 5. where it goes on air: a graphic in `graphics/` whose `from-insight.js` names the kind.
 *
 * `test/insights/registry.test.ts` checks that these agree.
 */
export const registrations: readonly Registration[] = [
  { rule: eventsRule, kinds: [], models: [] },
  {
    rule: nflWinProbabilityRule,
    kinds: ['nfl.win-probability'],
    models: ['nfl-win-probability', 'nfl-late-win-probability'],
  },
  { rule: nflEndOfGameRule, kinds: ['nfl.end-of-game'], models: ['nfl-plays-left'] },
  { rule: nbaWinProbabilityRule, kinds: ['nba.win-probability'], models: ['nba-win-probability'] },
  {
    rule: soccerWinProbabilityRule,
    kinds: ['soccer.win-probability'],
    models: ['soccer-goals', 'soccer-xg'],
  },
  { rule: soccerXgRule, kinds: ['soccer.xg'], models: ['soccer-xg'] },
  {
    rule: keyMomentsRule,
    kinds: ['key-moment', 'race.key-moment'],
    models: momentModels,
  },
  {
    rule: momentumRule,
    kinds: ['momentum'],
    models: momentModels,
  },
  { rule: blitzRule, kinds: ['nfl.blitz'], models: ['nfl-blitz'] },
  { rule: coverageRule, kinds: ['nfl.coverage'], models: ['nfl-coverage', 'nfl-coverage-after'] },
  { rule: pressureRule, kinds: ['nfl.pressure'], models: ['nfl-pressure'] },
  { rule: rusherRule, kinds: ['nfl.rusher'], models: ['nfl-rusher'] },
  {
    rule: pocketHealthRule,
    kinds: ['nfl.pocket', 'nfl.throw-time'],
    models: ['nfl-pocket', 'nfl-throw-time'],
  },
  { rule: createBurnBarRule(), kinds: ['race.burn-bar'], models: ['fuel'] },
]

/** The rules alone, for the pipeline. */
export const rules: readonly Rule[] = registrations.map(({ rule }) => rule)
