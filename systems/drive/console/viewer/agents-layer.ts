import type { Palette } from '@heavylift/ui/palette'
import type { Recording } from '../../src/clearance/recordings/recording.ts'
import type { AgentKind } from '../../src/world/scene/agent-table.ts'
import type { Camera, Projector } from './camera.ts'
import { box } from './map-layer.ts'
import type { AgentPose, Replay } from './replay.ts'
import { emptyPose } from './replay.ts'

export interface AgentsStyle {
  palette: Palette
  /** Row that is chosen, −1 without. */
  chosen: number
  timeS: number
}

const kindColours: Record<AgentKind, { dark: string; light: string }> = {
  car: { dark: '#8d97a5', light: '#5d6878' },
  truck: { dark: '#a08c78', light: '#7c644c' },
  bus: { dark: '#a08c78', light: '#7c644c' },
  motorcycle: { dark: '#7fb8a8', light: '#2c8271' },
  bicycle: { dark: '#7fb8a8', light: '#2c8271' },
  pedestrian: { dark: '#f0b33c', light: '#a86a00' },
  emergency: { dark: '#ff7b72', light: '#c2281f' },
  object: { dark: '#59626e', light: '#848d99' },
  animal: { dark: '#d6a06a', light: '#8e5a22' },
}

export function agentColour(kind: AgentKind, palette: Palette): string {
  return palette.isDark ? kindColours[kind].dark : kindColours[kind].light
}

/** Draws everything that takes part, far ones first. */
export class AgentsLayer {
  readonly #pose = emptyPose()
  readonly #drawn: AgentPose[] = []
  readonly #pixel = new Float64Array(2)

  draw(
    ctx: CanvasRenderingContext2D,
    replay: Replay,
    camera: Camera,
    projector: Projector,
    style: AgentsStyle,
  ): void {
    const { recording } = replay
    let count = 0
    replay.forEach(style.timeS, this.#pose, (pose) => {
      const kept = (this.#drawn[count++] ??= emptyPose())
      Object.assign(kept, pose)
    })
    const poses = this.#drawn.slice(0, count)
    if (camera.kind === 'chase')
      poses.sort((a, b) => projector.depth(b.x, b.y, 0) - projector.depth(a.x, a.y, 0))
    for (const pose of poses) {
      const agent = recording.agents[pose.row]
      if (!agent) continue
      const scale = projector.scaleAt(pose.x, pose.y, 0)
      if (scale === 0) continue
      const isEgo = pose.row === recording.ego
      const colour = isEgo ? style.palette.accent : agentColour(agent.kind, style.palette)
      if (camera.kind === 'chase') this.#drawBody(ctx, projector, pose, agent, colour, style.palette)
      else this.#drawPlan(ctx, projector, pose, agent, colour, scale, style)
      if (pose.hasSiren && agent.kind === 'emergency')
        this.#drawSiren(ctx, projector, pose, agent.heightM, scale, style.timeS)
      if (pose.row === style.chosen) {
        ctx.beginPath()
        box(projector, pose.x, pose.y, pose.heading, agent.lengthM + 1, agent.widthM + 1)
        projector.trace(ctx, true)
        ctx.strokeStyle = style.palette.warn
        ctx.lineWidth = 2
        ctx.stroke()
      }
    }
  }

  /** Row of the agent whose body is nearest to a pixel, −1 if none is within `withinPx`. */
  pick(replay: Replay, timeS: number, projector: Projector, x: number, y: number, withinPx: number): number {
    let best = -1
    let nearest = withinPx
    replay.forEach(timeS, this.#pose, (pose) => {
      if (!projector.point(pose.x, pose.y, 0.7, this.#pixel)) return
      const reach =
        (projector.scaleAt(pose.x, pose.y, 0) * (replay.recording.agents[pose.row]?.lengthM ?? 0)) / 3
      const away = Math.hypot((this.#pixel[0] as number) - x, (this.#pixel[1] as number) - y) - reach
      if (away < nearest) {
        nearest = away
        best = pose.row
      }
    })
    return best
  }

  #drawPlan(
    ctx: CanvasRenderingContext2D,
    projector: Projector,
    pose: AgentPose,
    agent: Recording['agents'][number],
    colour: string,
    scale: number,
    { palette }: AgentsStyle,
  ): void {
    const isSmall = agent.kind === 'pedestrian' || agent.kind === 'animal'
    ctx.fillStyle = colour
    if (isSmall) {
      projector.point(pose.x, pose.y, 0, this.#pixel)
      ctx.beginPath()
      ctx.arc(
        this.#pixel[0] as number,
        this.#pixel[1] as number,
        Math.max(3, (scale * agent.widthM) / 1.6),
        0,
        2 * Math.PI,
      )
      ctx.fill()
      ctx.strokeStyle = palette.ground
      ctx.lineWidth = 1
      ctx.stroke()
    } else {
      ctx.beginPath()
      box(
        projector,
        pose.x,
        pose.y,
        pose.heading,
        Math.max(agent.lengthM, 4 / scale),
        Math.max(agent.widthM, 2 / scale),
      )
      projector.trace(ctx, true)
      ctx.fill()
      ctx.strokeStyle = palette.ground
      ctx.lineWidth = 1
      ctx.stroke()
    }
    if (agent.kind === 'object' || scale < 2.2) return
    const cos = Math.cos(pose.heading)
    const sin = Math.sin(pose.heading)
    if (!isSmall && agent.kind !== 'bicycle' && agent.kind !== 'motorcycle') {
      // The windscreen tells front from rear.
      ctx.beginPath()
      const ahead = agent.lengthM * 0.18
      box(
        projector,
        pose.x + ahead * cos,
        pose.y + ahead * sin,
        pose.heading,
        agent.lengthM * 0.14,
        agent.widthM * 0.78,
      )
      projector.trace(ctx, true)
      ctx.fillStyle = palette.isDark ? '#0a0c0fb0' : '#ffffffb0'
      ctx.fill()
    }
    if (isBraking(pose) && !isSmall) {
      ctx.beginPath()
      const behind = agent.lengthM / 2 - 0.2
      box(projector, pose.x - behind * cos, pose.y - behind * sin, pose.heading, 0.4, agent.widthM * 0.96)
      projector.trace(ctx, true)
      ctx.fillStyle = '#ff3b30'
      ctx.fill()
    }
  }

  #drawBody(
    ctx: CanvasRenderingContext2D,
    projector: Projector,
    pose: AgentPose,
    agent: Recording['agents'][number],
    colour: string,
    palette: Palette,
  ): void {
    const { x, y, heading } = pose
    const cos = Math.cos(heading)
    const sin = Math.sin(heading)
    const height = agent.heightM
    ctx.beginPath()
    box(projector, x, y, heading, agent.lengthM * 1.08, agent.widthM * 1.12)
    projector.trace(ctx, true)
    ctx.fillStyle = palette.isDark ? '#00000070' : '#00000030'
    ctx.fill()
    const faces = [
      { ahead: 1, left: 0, shade: 0.82 },
      { ahead: -1, left: 0, shade: 0.72 },
      { ahead: 0, left: 1, shade: 0.88 },
      { ahead: 0, left: -1, shade: 0.78 },
    ].map((face) => ({
      ...face,
      depth: projector.depth(
        x + (face.ahead * agent.lengthM * cos - face.left * agent.widthM * sin) / 2,
        y + (face.ahead * agent.lengthM * sin + face.left * agent.widthM * cos) / 2,
        height / 2,
      ),
    }))
    faces.sort((a, b) => b.depth - a.depth)
    for (const { ahead, left, shade } of faces) {
      projector.start()
      for (const [side, z] of [
        [1, 0.15],
        [1, height],
        [-1, height],
        [-1, 0.15],
      ] as const) {
        const dx = ((ahead === 0 ? side : ahead) * agent.lengthM) / 2
        const dy = ((left === 0 ? side : left) * agent.widthM) / 2
        projector.add(x + dx * cos - dy * sin, y + dx * sin + dy * cos, z)
      }
      ctx.beginPath()
      if (!projector.trace(ctx, true)) continue
      ctx.fillStyle = ahead === -1 && isBraking(pose) ? '#ff3b30' : shaded(colour, shade)
      ctx.fill()
    }
    ctx.beginPath()
    box(projector, x, y, heading, agent.lengthM, agent.widthM, height)
    if (projector.trace(ctx, true)) {
      ctx.fillStyle = colour
      ctx.fill()
    }
  }

  #drawSiren(
    ctx: CanvasRenderingContext2D,
    projector: Projector,
    pose: AgentPose,
    heightM: number,
    scale: number,
    timeS: number,
  ): void {
    if (!projector.point(pose.x, pose.y, heightM, this.#pixel)) return
    ctx.beginPath()
    ctx.arc(this.#pixel[0] as number, this.#pixel[1] as number, Math.max(4, scale * 0.9), 0, 2 * Math.PI)
    ctx.fillStyle = Math.floor(timeS * 4) % 2 === 0 ? '#3478ff' : '#ff3b30'
    ctx.globalAlpha = 0.85
    ctx.fill()
    ctx.globalAlpha = 1
  }
}

/** Slowing down by more than engine drag. */
function isBraking({ accelerationMps2, lights }: AgentPose): boolean {
  return accelerationMps2 < -0.6 || (lights & 1) !== 0
}

const shades = new Map<string, string>()

/** A `#rrggbb` colour made darker. */
function shaded(colour: string, share: number): string {
  const key = `${colour}${share}`
  const known = shades.get(key)
  if (known) return known
  const part = (from: number) =>
    Math.round(Number.parseInt(colour.slice(from, from + 2), 16) * share)
      .toString(16)
      .padStart(2, '0')
  const made = `#${part(1)}${part(3)}${part(5)}`
  shades.set(key, made)
  return made
}
