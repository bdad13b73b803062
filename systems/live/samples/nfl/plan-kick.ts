import type { Random } from '@heavylift/core'
import type { NflPlayer, NflTeamSheet } from './nfl-roster.ts'
import { take } from './nfl-roster.ts'
import type { KickPlan } from './play-plan.ts'

interface KickInput {
  random: Random
  kicks: NflTeamSheet
  receives: NflTeamSheet
  /** From the spot to the goal line that the kick flies to. */
  yardsToGoal: number
}

export function planKickoff(
  { random, kicks, receives, yardsToGoal }: KickInput,
  isOnside: boolean,
): KickPlan {
  const base = {
    type: 'kick' as const,
    kicking: kickoffUnit(kicks),
    receiving: returnUnit(receives),
    kicker: first(kicks, 'k'),
    returner: returner(receives),
    yardsToGoal,
  }
  if (isOnside) {
    const isRecovered = random.chance(0.1)
    return {
      ...base,
      kind: 'onside',
      kickYards: 12,
      endYards: 12,
      result: isRecovered ? 'recovered' : 'return',
    }
  }
  if (random.chance(0.55)) {
    return {
      ...base,
      kind: 'kickoff',
      kickYards: yardsToGoal + 6,
      endYards: yardsToGoal,
      result: 'touchback',
    }
  }
  const kickYards = yardsToGoal - random.int(0, 6)
  if (random.chance(0.006)) {
    return { ...base, kind: 'kickoff', kickYards, endYards: yardsToGoal - 100, result: 'return-touchdown' }
  }
  const run = Math.round(Math.max(8, 23 + 6 * random.normal() + (random.chance(0.06) ? 25 : 0)))
  return { ...base, kind: 'kickoff', kickYards, endYards: kickYards - run, result: 'return' }
}

export function planPunt({ random, kicks, receives, yardsToGoal }: KickInput): KickPlan {
  const base = {
    type: 'kick' as const,
    kind: 'punt' as const,
    kicking: puntUnit(kicks),
    receiving: puntReturnUnit(receives),
    kicker: first(kicks, 'p'),
    returner: returner(receives),
    yardsToGoal,
  }
  const kickYards = Math.round(45 + 6 * random.normal())
  if (kickYards >= yardsToGoal) {
    // From near midfield the punter aims at the corner; half of those are caught short of the goal line.
    if (random.chance(0.45))
      return { ...base, kickYards: yardsToGoal + 3, endYards: yardsToGoal, result: 'touchback' }
    const at = yardsToGoal - random.int(5, 14)
    return { ...base, kickYards: at, endYards: at, result: 'fair-catch' }
  }
  if (random.chance(0.45)) return { ...base, kickYards, endYards: kickYards, result: 'fair-catch' }
  if (random.chance(0.008))
    return { ...base, kickYards, endYards: yardsToGoal - 100, result: 'return-touchdown' }
  const run = Math.round(-8.5 * Math.log(1 - random.next()))
  return { ...base, kickYards, endYards: kickYards - run, result: 'return' }
}

/** A place kick; the spot is seven yards behind the line and the posts ten behind the goal line. */
export function planPlaceKick(input: KickInput, kind: 'field_goal' | 'extra_point'): KickPlan {
  const { random, kicks, receives, yardsToGoal } = input
  const distance = yardsToGoal + 17
  const isGood = random.chance(1 / (1 + Math.exp((distance - 56) / 6.2)))
  return {
    type: 'kick',
    kind,
    kicking: placeKickUnit(kicks),
    receiving: blockUnit(receives),
    kicker: first(kicks, 'k'),
    returner: first(receives, 'fs'),
    kickYards: yardsToGoal + 10,
    endYards: yardsToGoal + 10,
    result: isGood ? 'good' : 'missed',
    yardsToGoal,
  }
}

function first(team: NflTeamSheet, role: 'k' | 'p' | 'fs'): NflPlayer {
  const [player] = take(team, role, 1)
  if (!player) throw new RangeError(`${team.team.name} has no ${role}.`)
  return player
}

function returner(team: NflTeamSheet): NflPlayer {
  const player = take(team, 'wr', 4)[3]
  if (!player) throw new RangeError(`${team.team.name} has nobody to return kicks.`)
  return player
}

function kickoffUnit(team: NflTeamSheet): NflPlayer[] {
  return [first(team, 'k'), ...backers(team), ...take(team, 'cb', 4), ...safeties(team)]
}

function returnUnit(team: NflTeamSheet): NflPlayer[] {
  const front = [...take(team, 'te', 2), ...take(team, 'fb', 1), ...take(team, 'olb', 2)]
  return [...front, ...take(team, 'ilb', 2), ...take(team, 'ss', 1), ...take(team, 'rb', 2), returner(team)]
}

function puntUnit(team: NflTeamSheet): NflPlayer[] {
  const line = [...take(team, 'ls', 1), ...backers(team), ...take(team, 'te', 2), ...take(team, 'fb', 1)]
  return [first(team, 'p'), ...line, ...take(team, 'cb', 2)]
}

function puntReturnUnit(team: NflTeamSheet): NflPlayer[] {
  return [...backers(team), ...take(team, 'cb', 4), ...safeties(team), returner(team)]
}

function placeKickUnit(team: NflTeamSheet): NflPlayer[] {
  const [tackleLeft, guardLeft, centre, guardRight, tackleRight] = take(team, 'ol', 5)
  const [endLeft, endRight] = take(team, 'te', 2)
  const line = [
    endLeft,
    tackleLeft,
    guardLeft,
    centre,
    ...take(team, 'ls', 1),
    guardRight,
    tackleRight,
    endRight,
  ]
  const present = line.filter((player) => player !== undefined)
  return [first(team, 'k'), first(team, 'p'), ...present, ...take(team, 'fb', 1)]
}

function blockUnit(team: NflTeamSheet): NflPlayer[] {
  const line = [...take(team, 'de', 2), ...take(team, 'dt', 2)]
  return [...line, ...backers(team), ...take(team, 'cb', 2), first(team, 'fs')]
}

function backers(team: NflTeamSheet): NflPlayer[] {
  return [...take(team, 'olb', 2), ...take(team, 'ilb', 2)]
}

function safeties(team: NflTeamSheet): NflPlayer[] {
  return [...take(team, 'fs', 1), ...take(team, 'ss', 1)]
}
