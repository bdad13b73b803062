import type { NflPlayType } from '../../src/domain/feed-event.ts'
import type { NflPlayer } from './nfl-roster.ts'

/** Names as in charting data. */
export type Coverage = 'COVER_0' | 'COVER_1' | '2_MAN' | 'COVER_2' | 'COVER_3' | 'COVER_4' | 'COVER_6'

export interface DefenceCall {
  coverage: Coverage
  isMan: boolean
  /** All who rush the passer: the line and the blitzers. */
  rushers: NflPlayer[]
  /** Those of them who stand off the line and come from depth. */
  creepers: NflPlayer[]
  /** Creepers who hold their place until the snap. */
  disguised: NflPlayer[]
  /** Defenders who creep to the line, then drop. */
  bluffers: NflPlayer[]
  /** Defensive backs deep before the snap. */
  shell: 'one-high' | 'two-high' | 'none'
}

export type OffenceFormation = 'shotgun' | 'trips' | 'singleback' | 'i-form'

export interface ScrimmagePlan {
  type: 'scrimmage'
  kind:
    | 'complete'
    | 'incomplete'
    | 'interception'
    | 'sack'
    | 'run'
    | 'scramble'
    | 'kneel'
    | 'spike'
    | 'false-start'
  playType: NflPlayType
  formation: OffenceFormation
  /** Eleven: quarterback first, then the line from left to right, then the eligible receivers. */
  offence: NflPlayer[]
  defence: NflPlayer[]
  call: DefenceCall
  /** Receiver or runner; the quarterback himself on a scramble, sack, kneel or spike. */
  ballPlayer: NflPlayer
  /** Where the pass comes down, yards from the line of scrimmage. */
  airYards: number
  /** Where the offence's run ends; 0 for an incomplete pass. */
  gain: number
  endsOutOfBounds: boolean
  touchdown: boolean
  /** Interception or lost fumble: yards that the other side runs back from there, and whether into the end zone. */
  takeaway: { player: NflPlayer; returnYards: number; touchdown: boolean } | null
  /** A rusher gets to the passer before the throw. */
  pressure: NflPlayer | null
  playAction: boolean
  penalty: { name: string; against: 'offence' | 'defence'; yards: number; automaticFirst: boolean } | null
}

/** Yards of a kick are from its spot in the direction of the kick; the return ends `endYards` from there. */
export interface KickPlan {
  type: 'kick'
  kind: 'kickoff' | 'onside' | 'punt' | 'field_goal' | 'extra_point'
  kicking: NflPlayer[]
  receiving: NflPlayer[]
  kicker: NflPlayer
  returner: NflPlayer
  kickYards: number
  endYards: number
  result: 'return' | 'touchback' | 'fair-catch' | 'recovered' | 'good' | 'missed' | 'return-touchdown'
  /** Yards from the spot to the goal line that the kick flies to. */
  yardsToGoal: number
}

export type PlayPlan = ScrimmagePlan | KickPlan
