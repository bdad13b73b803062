import { clamp } from '@heavylift/core/math'
import type { SoccerPicture } from '../../src/pipeline/pictures/picture.ts'
import { pitch } from '../../src/feeds/soccer/pitch.ts'
import { placeBetween } from '../playback/between.ts'
import type { Moment } from '../playback/between.ts'
import { fitInto } from './fit.ts'
import type { Fit } from './fit.ts'
import type { Palette } from '@heavylift/ui/palette'
import type { TeamColours } from './team-colours.ts'

export interface PitchScene {
  moment: Moment
  colours: TeamColours
  palette: Palette
}

type Size = { width: number; height: number }

/** Lines of Law 1, metres. */
const lines = {
  box: 16.5,
  boxWidth: 40.32,
  goalArea: 5.5,
  goalAreaWidth: 18.32,
  mark: 11,
  circle: 9.15,
  goal: 7.32,
}

/** Draws the pitch with shots, the way of the ball and the ball into a canvas of `size` CSS pixels. */
export function drawPitch(ctx: CanvasRenderingContext2D, size: Size, scene: PitchScene): void {
  const { before, after, share } = scene.moment
  const { soccer } = after
  if (!soccer) return
  const fit = fitInto(size, { width: pitch.length, height: pitch.width }, Math.max(8, size.width * 0.02))
  drawGround(ctx, size, fit, scene.palette)
  for (const shot of soccer.shots) drawShot(ctx, fit, shot, scene.colours)
  drawTrail(ctx, fit, soccer, scene.colours)
  if (!soccer.ball) return
  const ball = placeBetween(before.soccer?.ball, soccer.ball, share)
  const radius = clamp(fit.scale * 0.9, 5, 9)
  ctx.beginPath()
  ctx.arc(fit.left + ball.x * fit.scale, fit.top + ball.y * fit.scale, radius, 0, 2 * Math.PI)
  ctx.fillStyle = '#ffffff'
  ctx.fill()
  ctx.lineWidth = 2.5
  ctx.strokeStyle = soccer.possession ? scene.colours[soccer.possession] : '#20262e'
  ctx.stroke()
}

/** How the attack came about: a line through the last places of the ball in the side's colour. */
function drawTrail(
  ctx: CanvasRenderingContext2D,
  fit: Fit,
  { trail }: SoccerPicture,
  colours: TeamColours,
): void {
  const first = trail[0]
  if (!first || trail.length < 2) return
  ctx.beginPath()
  for (const { x, y } of trail) ctx.lineTo(fit.left + x * fit.scale, fit.top + y * fit.scale)
  ctx.lineJoin = 'round'
  ctx.lineCap = 'round'
  ctx.lineWidth = 5
  ctx.strokeStyle = 'rgb(255 255 255 / 55%)'
  ctx.stroke()
  ctx.lineWidth = 2.5
  ctx.strokeStyle = colours[first.side]
  ctx.stroke()
}

/** A goal is a filled dot, another shot on the goal or the woodwork a ring, one that went wide or was blocked a cross. */
function drawShot(
  ctx: CanvasRenderingContext2D,
  fit: Fit,
  { x, y, side, outcome }: SoccerPicture['shots'][number],
  colours: TeamColours,
): void {
  const [left, top] = [fit.left + x * fit.scale, fit.top + y * fit.scale]
  const r = Math.max(3.5, fit.scale * 0.8)
  const isCross = outcome === 'off-target' || outcome === 'blocked'
  ctx.globalAlpha = outcome === 'goal' ? 1 : 0.75
  ctx.beginPath()
  if (isCross) {
    ctx.moveTo(left - r, top - r)
    ctx.lineTo(left + r, top + r)
    ctx.moveTo(left + r, top - r)
    ctx.lineTo(left - r, top + r)
  } else ctx.arc(left, top, outcome === 'goal' ? r * 1.4 : r, 0, 2 * Math.PI)
  ctx.lineCap = 'round'
  ctx.lineWidth = 4.5
  ctx.strokeStyle = 'rgb(255 255 255 / 75%)'
  ctx.stroke()
  ctx.lineWidth = 2.25
  ctx.strokeStyle = colours[side]
  ctx.stroke()
  if (outcome === 'goal') {
    ctx.fillStyle = colours[side]
    ctx.fill()
  }
  ctx.globalAlpha = 1
}

function drawGround(ctx: CanvasRenderingContext2D, size: Size, fit: Fit, { isDark }: Palette): void {
  ctx.fillStyle = isDark ? '#101a12' : '#b9d3b2'
  ctx.fillRect(0, 0, size.width, size.height)
  ctx.save()
  ctx.translate(fit.left, fit.top)
  ctx.scale(fit.scale, fit.scale)
  const stripe = pitch.length / 12
  for (let at = 0; at < 12; at++) {
    const isOdd = at % 2 === 1
    ctx.fillStyle = isDark ? (isOdd ? '#1c3a22' : '#1f4126') : isOdd ? '#9fc795' : '#a9cf9f'
    ctx.fillRect(at * stripe, 0, stripe + 0.05, pitch.width)
  }
  ctx.strokeStyle = isDark ? 'rgb(255 255 255 / 60%)' : 'rgb(255 255 255 / 90%)'
  ctx.lineWidth = 0.25
  ctx.strokeRect(0, 0, pitch.length, pitch.width)
  ctx.beginPath()
  ctx.moveTo(pitch.length / 2, 0)
  ctx.lineTo(pitch.length / 2, pitch.width)
  ctx.stroke()
  ctx.beginPath()
  ctx.arc(pitch.length / 2, pitch.width / 2, lines.circle, 0, 2 * Math.PI)
  ctx.stroke()
  drawHalf(ctx)
  ctx.translate(pitch.length, 0)
  ctx.scale(-1, 1)
  drawHalf(ctx)
  ctx.restore()
}

function drawHalf(ctx: CanvasRenderingContext2D): void {
  const middle = pitch.width / 2
  ctx.strokeRect(0, middle - lines.boxWidth / 2, lines.box, lines.boxWidth)
  ctx.strokeRect(0, middle - lines.goalAreaWidth / 2, lines.goalArea, lines.goalAreaWidth)
  ctx.strokeRect(-1.6, middle - lines.goal / 2, 1.6, lines.goal)
  // The arc is the part of the circle round the mark that is outside the box.
  const angle = Math.acos((lines.box - lines.mark) / lines.circle)
  ctx.beginPath()
  ctx.arc(lines.mark, middle, lines.circle, -angle, angle)
  ctx.stroke()
}
