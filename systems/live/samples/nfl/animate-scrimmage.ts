import type { Random } from '@heavylift/core'
import { alignPlayers } from './alignment.ts'
import { animatePass } from './animate-pass.ts'
import { animateRun } from './animate-run.ts'
import { windDown } from './ball-carrier.ts'
import type { ScrimmagePlan } from './play-plan.ts'
import { playPreSnap } from './pre-snap.ts'
import type { PreSnapOptions } from './pre-snap.ts'
import { goTo, rest } from './scene.ts'
import { Stage } from './stage.ts'
import type { StageFrame } from './stage.ts'

export interface AnimatedPlay {
  players: Stage['actors']
  frames: StageFrame[]
  /** Index of the frame of the snap or the kick; the length of `frames` when there was none. */
  snapFrame: number
}

/** Moves twenty-two players and the ball through a play that is decided already. */
export function animateScrimmage(
  random: Random,
  plan: ScrimmagePlan,
  place: { yardsToGoal: number; ballV: number },
  preSnap: PreSnapOptions,
): AnimatedPlay {
  const stage = new Stage({ random, offence: plan.offence, defence: plan.defence, ...place })
  playPreSnap(stage, plan, alignPlayers(random, plan, place.ballV), preSnap)
  if (plan.kind === 'false-start') {
    for (const actor of stage.actors) rest(actor)
    const jumper = stage.offence[1 + Math.floor(random.next() * 5)]
    if (jumper) goTo(jumper, jumper.u - 1.2, jumper.v)
    stage.say('penalty_flag')
    for (let i = 0; i < 8; i++) stage.advance()
    return { players: stage.actors, frames: stage.frames, snapFrame: stage.frames.length }
  }
  const snapFrame = stage.frames.length
  snapBall(stage)
  if (plan.kind === 'run') animateRun(stage, plan)
  else animatePass(stage, plan, snapFrame)
  if (plan.penalty) stage.say('penalty_flag')
  windDown(stage)
  return { players: stage.actors, frames: stage.frames, snapFrame }
}

/** The ball flies back to the quarterback: half a second from the shotgun, at once from under centre. */
function snapBall(stage: Stage): void {
  const quarterback = stage.offence[0]
  if (!quarterback) throw new RangeError('There is no quarterback.')
  const from = stage.ball
  const frames = quarterback.u < -3 ? 4 : 1
  stage.say('ball_snap')
  rest(quarterback)
  for (let i = 1; i <= frames; i++) {
    for (const actor of stage.actors) {
      if (actor.player.positionGroup === 'OL') goTo(actor, actor.u - 0.4, actor.v)
      else if (stage.offence.includes(actor)) actor.looksAt = null
    }
    for (const actor of stage.defence)
      if (actor.player.positionGroup === 'DL') goTo(actor, actor.u - 1, actor.v)
    const share = (i - 1) / frames
    stage.advance({
      u: from.u + share * (quarterback.u - from.u),
      v: from.v + share * (quarterback.v - from.v),
    })
  }
  stage.holder = quarterback
}
