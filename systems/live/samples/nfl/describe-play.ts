import type { NflPlay } from '../../src/domain/feed-event.ts'
import { shortName } from '../people.ts'
import type { NflPlayer } from './nfl-roster.ts'
import type { KickPlan, ScrimmagePlan } from './play-plan.ts'

/** One sentence, as a play-by-play has it. */
export function describeScrimmage(plan: ScrimmagePlan): string {
  const passer = shortName(plan.offence[0]?.name ?? '')
  const player = shortName(plan.ballPlayer.name)
  const yards = `${plan.gain} ${Math.abs(plan.gain) === 1 ? 'yard' : 'yards'}`
  const end = `${plan.endsOutOfBounds ? ', out of bounds' : ''}${plan.touchdown ? ', touchdown' : ''}`
  const depth = plan.airYards >= 15 ? 'deep' : 'short'
  const texts: Record<ScrimmagePlan['kind'], string> = {
    complete: `${passer} pass ${depth} to ${player} for ${yards}${end}`,
    incomplete: `${passer} pass ${depth} to ${player} incomplete`,
    interception: `${passer} pass ${depth} intended for ${player} intercepted by ${takeawayText(plan)}`,
    sack: `${passer} sacked by ${shortName(plan.pressure?.name ?? '')} for ${yards}`,
    run: `${player} runs for ${yards}${end}`,
    scramble: `${passer} scrambles for ${yards}${end}`,
    kneel: `${passer} kneels`,
    spike: `${passer} spikes the ball`,
    'false-start': 'No play',
  }
  const fumble =
    plan.takeaway && plan.kind !== 'interception' ? `, fumbles, recovered by ${takeawayText(plan)}` : ''
  const penalty = plan.penalty ? `. Penalty: ${plan.penalty.name}, ${plan.penalty.yards} yards, no play` : ''
  return `${texts[plan.kind]}${fumble}${penalty}.`
}

function takeawayText({ takeaway }: ScrimmagePlan): string {
  if (!takeaway) return ''
  const run = takeaway.touchdown
    ? ', returned for a touchdown'
    : takeaway.returnYards
      ? `, returned ${takeaway.returnYards} yards`
      : ''
  return `${shortName(takeaway.player.name)}${run}`
}

export function describeKick(plan: KickPlan): string {
  const kicker = shortName(plan.kicker.name)
  if (plan.kind === 'field_goal')
    return `${kicker} ${plan.yardsToGoal + 17} yard field goal is ${plan.result === 'good' ? 'good' : 'no good'}.`
  if (plan.kind === 'extra_point')
    return `${kicker} extra point is ${plan.result === 'good' ? 'good' : 'no good'}.`
  const name = plan.kind === 'punt' ? 'punts' : plan.kind === 'onside' ? 'kicks onside' : 'kicks off'
  const returner = shortName(plan.returner.name)
  const run = plan.kickYards - plan.endYards
  const ends: Record<string, string> = {
    touchback: 'touchback',
    'fair-catch': `fair catch by ${returner}`,
    return: `${returner} returns it ${run} yards`,
    recovered: 'recovered by the kicking team',
    'return-touchdown': `${returner} returns it ${run} yards, touchdown`,
  }
  return `${kicker} ${name} ${plan.kickYards} yards, ${ends[plan.result] ?? ''}.`
}

export function playersOfScrimmage(plan: ScrimmagePlan, isPass: boolean): NflPlay['players'] {
  const players: NflPlay['players'] = []
  const add = (player: NflPlayer | undefined, role: string): void => {
    if (player) players.push({ id: player.id, name: player.name, role, side: player.side })
  }
  if (isPass) add(plan.offence[0], 'passer')
  if (['complete', 'incomplete', 'interception'].includes(plan.kind)) add(plan.ballPlayer, 'receiver')
  if (plan.kind === 'run' || plan.kind === 'scramble' || plan.kind === 'kneel') add(plan.ballPlayer, 'rusher')
  if (plan.kind === 'sack') add(plan.pressure ?? undefined, 'sacker')
  if (plan.takeaway) add(plan.takeaway.player, plan.kind === 'interception' ? 'interceptor' : 'recoverer')
  return players
}

export function playersOfKick(plan: KickPlan): NflPlay['players'] {
  const { kicker, returner } = plan
  const players = [
    { id: kicker.id, name: kicker.name, role: plan.kind === 'punt' ? 'punter' : 'kicker', side: kicker.side },
  ]
  if (plan.result.startsWith('return'))
    players.push({ id: returner.id, name: returner.name, role: 'returner', side: returner.side })
  return players
}
