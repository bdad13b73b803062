import { clamp } from '@heavylift/core/math'
import { distanceBetween, fieldWidth, goTo, rest } from './scene.ts'
import type { Actor } from './scene.ts'
import type { Stage } from './stage.ts'

/** A fumble: the ball rolls free, the nearest opponent falls on it. */
export function loseBall(stage: Stage, loser: Actor, finder: Actor): void {
  stage.say('fumble')
  stage.holder = null
  const spot = { u: loser.u, v: loser.v }
  const rolls = {
    u: spot.u + stage.random.normal(),
    v: clamp(spot.v + stage.random.normal(), 1, fieldWidth - 1),
  }
  for (let i = 0; i < 60; i++) {
    const share = Math.min(1, (i + 1) / 8)
    const ball = { u: spot.u + share * (rolls.u - spot.u), v: spot.v + share * (rolls.v - spot.v) }
    rest(loser)
    for (const actor of stage.actors) {
      if (actor !== loser) goTo(actor, ball.u, ball.v, actor === finder ? actor.topSpeed : 3)
    }
    stage.advance(ball)
    if (i > 6 && distanceBetween(finder, ball) < 0.7) break
  }
  stage.holder = finder
  stage.say('fumble_defense_recovered')
}
