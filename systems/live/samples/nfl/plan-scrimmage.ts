import type { Random } from '@heavylift/core'
import { callDefence, defensivePackage, pickWeighted } from './call-defence.ts'
import type { PlayCall } from './call-play.ts'
import type { NflPlayer, NflTeamSheet } from './nfl-roster.ts'
import { take } from './nfl-roster.ts'
import type { OffenceFormation, ScrimmagePlan } from './play-plan.ts'

interface PlanInput {
  random: Random
  attack: NflTeamSheet
  defend: NflTeamSheet
  down: number
  yardsToGo: number
  yardsToGoal: number
  call: Exclude<PlayCall, 'punt' | 'field_goal'>
  /** Wants to stop the clock. */
  isHurried: boolean
  withPenalties: boolean
}

/** Decides a play from scrimmage before anybody moves: who is on the field, who rushes, and what comes of it. */
export function planScrimmage(input: PlanInput): ScrimmagePlan {
  const { random, attack, defend, call } = input
  const { players: offence, formation, wideReceivers } = drawOffence(input)
  const defence = defensivePackage(defend, wideReceivers)
  const isLikelyPass = (input.down >= 3 && input.yardsToGo >= 4) || input.isHurried
  const defenceCall = callDefence(random, defend, defence, isLikelyPass)
  const [quarterback] = take(attack, 'qb', 1)
  if (!quarterback) throw new RangeError('There is no quarterback.')
  const plan: ScrimmagePlan = {
    type: 'scrimmage',
    kind: 'run',
    playType: 'run',
    formation,
    offence,
    defence,
    call: defenceCall,
    ballPlayer: quarterback,
    airYards: 0,
    gain: 0,
    endsOutOfBounds: false,
    touchdown: false,
    takeaway: null,
    pressure: null,
    playAction: false,
    penalty: null,
  }
  if (call === 'kneel') Object.assign(plan, { kind: 'kneel', playType: 'qb_kneel', gain: -1 })
  else if (call === 'spike') Object.assign(plan, { kind: 'spike', playType: 'qb_spike' })
  else if (call === 'run') planRun(input, plan)
  else planPass(input, plan)
  if (plan.gain >= input.yardsToGoal && ['run', 'complete', 'scramble'].includes(plan.kind)) {
    plan.gain = input.yardsToGoal
    plan.touchdown = true
    plan.endsOutOfBounds = false
    plan.takeaway = null
  }
  plan.gain = Math.max(plan.gain, input.yardsToGoal - 101)
  const canBeFlagged = plan.kind === 'run' || plan.kind === 'complete' || plan.kind === 'incomplete'
  if (input.withPenalties && canBeFlagged) addPenalty(input, plan)
  return plan
}

function drawOffence(input: PlanInput): {
  players: NflPlayer[]
  formation: OffenceFormation
  wideReceivers: number
} {
  const { random, attack, call } = input
  const isPassing = call === 'pass' && (input.down >= 3 || input.isHurried)
  const draw = random.next()
  const isShort = input.yardsToGo <= 2 || input.yardsToGoal <= 3 || call === 'kneel'
  const [rb, fb, te, wr] = isPassing
    ? draw < 0.3
      ? [1, 0, 0, 4]
      : [1, 0, 1, 3]
    : isShort
      ? draw < 0.5
        ? [1, 1, 1, 2]
        : [1, 0, 2, 2]
      : draw < 0.64
        ? [1, 0, 1, 3]
        : draw < 0.86
          ? [1, 0, 2, 2]
          : [1, 1, 1, 2]
  const players = [
    ...take(attack, 'qb', 1),
    ...take(attack, 'ol', 5),
    ...take(attack, 'wr', wr ?? 3),
    ...take(attack, 'te', te ?? 1),
    ...take(attack, 'rb', rb ?? 1),
    ...take(attack, 'fb', fb ?? 0),
  ]
  const isSpread = (wr ?? 3) >= 3
  const formation = isSpread
    ? random.chance(call === 'run' ? 0.4 : 0.8) || isPassing
      ? random.chance(0.35)
        ? 'trips'
        : 'shotgun'
      : 'singleback'
    : fb
      ? 'i-form'
      : 'singleback'
  return { players, formation, wideReceivers: wr ?? 3 }
}

function planRun({ random, attack, defend, yardsToGoal, isHurried }: PlanInput, plan: ScrimmagePlan): void {
  plan.ballPlayer = pickWeighted(
    random,
    plan.offence.filter((player) => player.position === 'RB'),
    () => 1,
  )
  const edge = 0.6 * (attack.offence - defend.defence)
  let gain = 3.2 + edge + 2.6 * random.normal()
  if (random.chance(0.13)) gain += 8 * -Math.log(1 - random.next())
  // Near the goal line there is no room behind the line of defence.
  if (yardsToGoal <= 5) gain -= 0.4
  plan.gain = Math.round(Math.max(-4, gain))
  plan.endsOutOfBounds = plan.gain > 1 && random.chance(isHurried ? 0.25 : 0.09)
  if (random.chance(0.009)) plan.takeaway = fumble(random, plan)
}

function fumble(random: Random, plan: ScrimmagePlan): ScrimmagePlan['takeaway'] {
  plan.endsOutOfBounds = false
  return { player: random.pick(plan.defence), returnYards: 0, touchdown: false }
}

/** Depth of target: [share, shallowest, deepest, share of catches, mean yards after the catch]. */
const depths: readonly (readonly [number, number, number, number, number])[] = [
  [0.16, -3, 0, 0.8, 7.2],
  [0.46, 1, 9, 0.73, 5.2],
  [0.24, 10, 19, 0.56, 4.4],
  [0.14, 20, 38, 0.36, 5],
]

function planPass(input: PlanInput, plan: ScrimmagePlan): void {
  const { random, attack, defend, yardsToGoal } = input
  const edge = attack.offence - defend.defence
  const isBlitz = plan.call.rushers.length >= 5
  plan.playType = 'pass'
  plan.playAction = input.down <= 2 && plan.formation !== 'trips' && random.chance(0.25)
  const quarterback = plan.ballPlayer
  const pressureChance = (isBlitz ? 0.36 : 0.25) - 0.06 * edge
  const isPressured = random.chance(pressureChance)
  if (isPressured) plan.pressure = random.pick(plan.call.rushers)
  if (random.chance(isPressured ? 0.2 : 0.008)) return planSack(input, plan)
  if (random.chance(isPressured ? 0.09 : 0.025)) {
    plan.kind = 'scramble'
    plan.playType = 'run'
    plan.pressure = null
    plan.gain = Math.round(Math.max(-2, 5.5 + 4.5 * random.normal()))
    return
  }
  plan.ballPlayer = drawTarget(random, plan.offence, quarterback)
  const isBack = plan.ballPlayer.positionGroup === 'RB'
  const depth = isBack
    ? (depths[random.chance(0.6) ? 0 : 1] ?? depths[0])
    : pickWeighted(random, depths, ([share]) => share)
  const [, shallow, deep, catchShare, afterCatch] = depth ?? [0, 1, 9, 0.7, 4]
  plan.airYards = Math.min(random.int(shallow, isBack ? Math.min(4, deep) : deep), yardsToGoal + 7)
  const isRedZone = yardsToGoal <= 15
  const caught = catchShare + 0.05 * edge + 0.02 - (isPressured ? 0.12 : 0) - (isRedZone ? 0.07 : 0)
  if (random.chance(caught)) {
    plan.kind = 'complete'
    const after = -afterCatch * Math.log(1 - random.next()) + 0.6 * edge
    plan.gain = Math.round(plan.airYards + Math.max(0, after))
    plan.endsOutOfBounds = plan.airYards > 2 && random.chance(input.isHurried ? 0.4 : 0.14)
    if (plan.endsOutOfBounds) plan.gain = Math.min(plan.gain, plan.airYards + 4)
    if (random.chance(0.008)) plan.takeaway = fumble(random, plan)
    return
  }
  const picked = 0.045 + (plan.airYards >= 15 ? 0.03 : 0) + (isPressured ? 0.03 : 0) - 0.02 * edge
  if (!random.chance(picked)) return void (plan.kind = 'incomplete')
  plan.kind = 'interception'
  const covers = plan.defence.filter((player) => !plan.call.rushers.includes(player))
  const room = 100 - (yardsToGoal - plan.airYards)
  const returnYards = plan.airYards >= yardsToGoal ? 0 : Math.round(-10 * Math.log(1 - random.next()))
  plan.takeaway = {
    player: pickWeighted(random, covers, (player) => (player.positionGroup === 'DB' ? 4 : 1)),
    returnYards: Math.min(returnYards, room),
    touchdown: returnYards >= room,
  }
}

function planSack({ random }: PlanInput, plan: ScrimmagePlan): void {
  plan.kind = 'sack'
  plan.playType = 'sack'
  plan.pressure ??= random.pick(plan.call.rushers)
  plan.gain = -random.int(4, 10)
  if (random.chance(0.07))
    plan.takeaway = { player: random.pick(plan.call.rushers), returnYards: 0, touchdown: false }
}

function drawTarget(random: Random, offence: readonly NflPlayer[], quarterback: NflPlayer): NflPlayer {
  let receivers = 0
  const weights = new Map<NflPlayer, number>()
  for (const player of offence) {
    if (player === quarterback || player.positionGroup === 'OL') continue
    if (player.positionGroup === 'WR') weights.set(player, [28, 22, 17, 12][receivers++] ?? 10)
    else weights.set(player, player.positionGroup === 'TE' ? 18 : player.position === 'FB' ? 3 : 16)
  }
  return pickWeighted(random, [...weights.keys()], (player) => weights.get(player) ?? 1)
}

function addPenalty({ random, yardsToGoal }: PlanInput, plan: ScrimmagePlan): void {
  const draw = random.next()
  if (draw < 0.022) {
    plan.kind = 'false-start'
    plan.penalty = { name: 'false start', against: 'offence', yards: 5, automaticFirst: false }
  } else if (draw < 0.042) {
    plan.penalty = { name: 'offensive holding', against: 'offence', yards: 10, automaticFirst: false }
  } else if (draw < 0.054) {
    plan.penalty = { name: 'defensive offside', against: 'defence', yards: 5, automaticFirst: false }
  } else if (draw < 0.062) {
    plan.penalty = { name: 'defensive holding', against: 'defence', yards: 5, automaticFirst: true }
  } else if (draw < 0.085 && plan.kind === 'incomplete' && plan.airYards > 3 && plan.airYards < yardsToGoal) {
    const yards = plan.airYards
    plan.penalty = { name: 'defensive pass interference', against: 'defence', yards, automaticFirst: true }
  }
  if (!plan.penalty) return
  plan.playType = 'no_play'
  plan.takeaway = null
}
