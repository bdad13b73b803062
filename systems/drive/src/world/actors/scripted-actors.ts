import { clamp } from '@heavylift/core/math'
import type { AgentSource } from '../scene/agent-source.ts'
import { agentLights } from '../scene/agent-table.ts'
import type { AgentTable } from '../scene/agent-table.ts'
import type { Scene } from '../scene/scene.ts'
import type { Actor, Cue, Phase } from './actor.ts'
import { clearAhead, clearOnLine } from './clear-ahead.ts'

/** Treiber, Hennecke, Helbing 2000, table I, with a shorter gap as in towns. */
const idm = { gapS: 1.2, standstillM: 2, accelerationMps2: 1.5, brakingMps2: 2, hardestMps2: 8 }
/** Who goes on foot or rides brakes for a body in the way as hard as on a bicycle one can, keeps so far from it, and sets off again like this. */
const careful = { brakingMps2: 6, keptM: 0.4, startingMps2: 3 }
/** Slowing down by less than this shows no brake light. */
const brakeLightMps2 = 0.5

interface Motion {
  row: number
  s: number
  speedMps: number
  /** Speed along by its script; what it makes of it, 0 to 1, where something is in its way; and its speed over the ground. */
  scriptMps: number
  share: number
  paceMps: number
  targetMps: number
  rateMps2: number
  lateralM: number
  lateralFromM: number
  lateralToM: number
  /** Seconds of the move sideways, and how many of them are over. */
  lateralS: number
  lateralAtS: number
  lights: number
  next: number
  phaseAtS: number
}

/** Moves actors by their scripts, in the order in which they are given; each sees all as they were before the step. */
export class ScriptedActors implements AgentSource {
  readonly capacity: number
  readonly #actors: Actor[]
  readonly #motions: Motion[]
  readonly #pose = new Float64Array(3)

  constructor(actors: Actor[]) {
    this.#actors = actors
    this.capacity = actors.length
    this.#motions = actors.map((actor) => ({
      row: -1,
      s: actor.s,
      speedMps: actor.speedMps,
      scriptMps: actor.speedMps,
      share: 1,
      paceMps: actor.speedMps,
      targetMps: actor.speedMps,
      rateMps2: 0,
      lateralM: actor.lateralM,
      lateralFromM: actor.lateralM,
      lateralToM: actor.lateralM,
      lateralS: 0,
      lateralAtS: 0,
      lights: actor.lights,
      next: 0,
      phaseAtS: 0,
    }))
  }

  start(agents: AgentTable, scene: Scene): void {
    for (const [index, actor] of this.#actors.entries()) {
      const motion = this.#motions[index] as Motion
      motion.row = agents.add(actor)
      agents.hasSiren[motion.row] = actor.hasSiren ? 1 : 0
      this.#cue(actor, motion, scene)
    }
    for (const [index, actor] of this.#actors.entries())
      this.#write(actor, this.#motions[index] as Motion, agents, 0)
  }

  step(scene: Scene, dtS: number): void {
    for (const [index, actor] of this.#actors.entries()) {
      const motion = this.#motions[index] as Motion
      this.#cue(actor, motion, scene)
      this.#advance(actor, motion, scene, dtS)
    }
    // Written only when all have decided, so that none sees where another will be.
    for (const [index, actor] of this.#actors.entries())
      this.#write(actor, this.#motions[index] as Motion, scene.agents, dtS)
  }

  #cue(actor: Actor, motion: Motion, scene: Scene): void {
    for (;;) {
      const phase = actor.phases[motion.next]
      if (!phase || !holds(phase.when, motion, scene)) return
      motion.next++
      motion.phaseAtS = scene.timeS
      begin(phase, motion, scene.agents)
    }
  }

  #advance(actor: Actor, motion: Motion, scene: Scene, dtS: number): void {
    const before = motion.speedMps
    let wanted = motion.targetMps
    if (motion.rateMps2 > 0) {
      const most = motion.rateMps2 * dtS
      wanted = before + clamp(motion.targetMps - before, -most, most)
    }
    if (actor.heed === 'follows') wanted = Math.min(wanted, this.#following(actor, motion, scene, dtS))
    // What is in the way holds up the move as a whole, along and sideways.
    const sideways = sidewaysMps(motion)
    const script = Math.hypot(wanted, sideways)
    const share = actor.heed === 'careful' ? shareBefore(scene.agents, motion, script, dtS) : 1
    motion.scriptMps = wanted
    motion.share = share
    motion.paceMps = share * script
    motion.speedMps = share * wanted
    motion.s += ((before + motion.speedMps) / 2) * dtS
    if (motion.lateralAtS < motion.lateralS) {
      motion.lateralAtS = Math.min(motion.lateralAtS + share * dtS, motion.lateralS)
      const done = motion.lateralAtS / motion.lateralS
      const change = motion.lateralToM - motion.lateralFromM
      motion.lateralM = motion.lateralFromM + change * done * done * (3 - 2 * done)
    }
  }

  /** Speed after the step that the intelligent driver model allows. */
  #following(actor: Actor, motion: Motion, scene: Scene, dtS: number): number {
    const speed = motion.speedMps
    const desired = Math.max(motion.targetMps, 0.1)
    const ahead = clearAhead(scene.agents, motion.row, 4 + actor.speedMps * 5)
    const free = 1 - (speed / desired) ** 4
    let acceleration = Math.max(idm.accelerationMps2 * free, -idm.brakingMps2)
    if (ahead.row >= 0) {
      const closing = speed - ahead.speedMps
      const dynamic =
        speed * idm.gapS + (speed * closing) / (2 * Math.sqrt(idm.accelerationMps2 * idm.brakingMps2))
      const gap = idm.standstillM + Math.max(0, dynamic)
      acceleration = idm.accelerationMps2 * (Math.min(free, 1) - (gap / Math.max(ahead.gapM, 0.1)) ** 2)
    }
    return Math.max(0, speed + Math.max(acceleration, -idm.hardestMps2) * dtS)
  }

  #write(actor: Actor, motion: Motion, agents: AgentTable, dtS: number): void {
    const { row } = motion
    actor.track.poseAt(motion.s, motion.lateralM, this.#pose)
    const x = this.#pose[0] as number
    const y = this.#pose[1] as number
    let heading = this.#pose[2] as number
    const isShifting = motion.lateralAtS < motion.lateralS && motion.lateralAtS > 0
    const isAslant = isShifting && dtS > 0 && motion.scriptMps > 0.5
    if (isAslant) heading += Math.atan2(sidewaysMps(motion), motion.scriptMps)
    if (actor.isReversing) heading += Math.PI
    const pace = isAslant ? motion.paceMps : motion.speedMps
    const speed = actor.isReversing ? -pace : pace
    if (dtS > 0) {
      agents.accelerationMps2[row] = (speed - (agents.speedMps[row] as number)) / dtS
      agents.yawRateRadps[row] = (heading - (agents.heading[row] as number)) / dtS
    }
    agents.x[row] = x
    agents.y[row] = y
    agents.heading[row] = heading
    agents.speedMps[row] = speed
    const slows = (agents.accelerationMps2[row] as number) * Math.sign(speed) < -brakeLightMps2
    agents.lights[row] = motion.lights | (slows ? agentLights.brake : 0)
  }
}

/** How much of its move a careful actor makes, 0 to 1, so that it comes to a stand before what is in its way. */
function shareBefore(agents: AgentTable, motion: Motion, scriptMps: number, dtS: number): number {
  if (scriptMps === 0) return 1
  const before = motion.paceMps
  // Held up, it sets off again by its script's rate, or by the usual one where that has none.
  const isHeld = motion.share < 1 && motion.rateMps2 === 0
  const wanted = isHeld ? Math.min(scriptMps, before + careful.startingMps2 * dtS) : scriptMps
  const gapM = clearOnLine(agents, motion.row, careful.keptM + wanted * wanted)
  const most = Math.sqrt(2 * careful.brakingMps2 * Math.max(0, gapM - careful.keptM))
  const hardest = before - careful.brakingMps2 * dtS
  return Math.max(0, Math.min(wanted, Math.max(most, hardest))) / scriptMps
}

/** Speed of a move sideways by its script, to the left. */
function sidewaysMps(motion: Motion): number {
  if (motion.lateralAtS >= motion.lateralS) return 0
  const done = motion.lateralAtS / motion.lateralS
  return ((motion.lateralToM - motion.lateralFromM) * 6 * done * (1 - done)) / motion.lateralS
}

function begin(phase: Phase, motion: Motion, agents: AgentTable): void {
  if (phase.speed) {
    motion.targetMps = phase.speed.toMps
    motion.rateMps2 = phase.speed.rateMps2
  }
  if (phase.lateral) {
    motion.lateralFromM = motion.lateralM
    motion.lateralToM = phase.lateral.toM
    motion.lateralAtS = 0
    // The greatest slope of the smooth step is 1.5 times its mean.
    motion.lateralS = (1.5 * Math.abs(phase.lateral.toM - motion.lateralM)) / phase.lateral.rateMps
  }
  if (phase.lights !== undefined) motion.lights = phase.lights
  if (phase.siren !== undefined) agents.hasSiren[motion.row] = phase.siren ? 1 : 0
  if (phase.honks !== undefined) agents.isHonking[motion.row] = phase.honks ? 1 : 0
}

function holds(cue: Cue, motion: Motion, { agents, ego, timeS }: Scene): boolean {
  switch (cue.kind) {
    case 'time':
      return timeS >= cue.atS - 1e-9
    case 'after':
      return timeS >= motion.phaseAtS + cue.s - 1e-9
    case 'own':
      return motion.s >= cue.atM
    case 'egoSlow':
      return (agents.speedMps[ego] as number) <= cue.belowMps
    case 'egoNear': {
      const front = (agents.lengthM[ego] as number) / 2
      const heading = agents.heading[ego] as number
      const dx = cue.x - (agents.x[ego] as number) - front * Math.cos(heading)
      const dy = cue.y - (agents.y[ego] as number) - front * Math.sin(heading)
      return dx * dx + dy * dy <= cue.withinM * cue.withinM
    }
    case 'gap': {
      const heading = agents.heading[motion.row] as number
      const dx = (agents.x[motion.row] as number) - (agents.x[ego] as number)
      const dy = (agents.y[motion.row] as number) - (agents.y[ego] as number)
      const bodies = ((agents.lengthM[motion.row] as number) + (agents.lengthM[ego] as number)) / 2
      const gap = dx * Math.cos(heading) + dy * Math.sin(heading) - bodies
      return cue.is === 'below' ? gap <= cue.m : gap >= cue.m
    }
  }
}
