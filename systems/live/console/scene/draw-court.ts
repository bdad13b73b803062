import { clamp } from '@heavylift/core/math'
import type { NbaPicture } from '../../src/pipeline/pictures/picture.ts'
import { marksBetween, placeBetween } from '../playback/between.ts'
import type { Moment } from '../playback/between.ts'
import { cornerAngle, court } from './court.ts'
import { drawDisc } from './draw-mark.ts'
import { fitInto } from './fit.ts'
import type { Fit } from './fit.ts'
import type { Palette } from '@heavylift/ui/palette'
import type { TeamColours } from './team-colours.ts'

export interface CourtScene {
  moment: Moment
  colours: TeamColours
  palette: Palette
}

type Size = { width: number; height: number }

/** Draws the court with shots, players and ball into a canvas of `size` CSS pixels. */
export function drawCourt(ctx: CanvasRenderingContext2D, size: Size, scene: CourtScene): void {
  const { before, after, share } = scene.moment
  const nba = after.nba
  if (!nba) return
  const fit = fitInto(size, { width: court.length, height: court.width }, Math.max(6, size.width * 0.015))
  drawGround(ctx, size, fit, scene.palette)
  for (const shot of nba.shots) drawShot(ctx, fit, shot, scene.colours)
  const radius = clamp(fit.scale * 1.25, 6, 13)
  for (const player of marksBetween(before.nba?.players ?? [], nba.players, share)) {
    drawDisc(ctx, {
      x: fit.left + player.x * fit.scale,
      y: fit.top + player.y * fit.scale,
      radius,
      fill: scene.colours[player.side],
      outline: player.side === 'home' ? '#ffffff' : '#0b0e12',
      label: player.jersey === null ? '' : String(player.jersey),
    })
  }
  if (!nba.ball) return
  const ball = placeBetween(before.nba?.ball, nba.ball, share)
  ctx.beginPath()
  ctx.arc(
    fit.left + ball.x * fit.scale,
    fit.top + ball.y * fit.scale,
    Math.max(4, radius * 0.5),
    0,
    2 * Math.PI,
  )
  ctx.fillStyle = '#f08a24'
  ctx.fill()
  ctx.lineWidth = 1.5
  ctx.strokeStyle = '#1b1207'
  ctx.stroke()
}

/** A made shot is a filled dot, a missed one a cross, both in their side's colour on a light edge. */
function drawShot(
  ctx: CanvasRenderingContext2D,
  fit: Fit,
  shot: NbaPicture['shots'][number],
  colours: TeamColours,
): void {
  const x = fit.left + shot.x * fit.scale
  const y = fit.top + shot.y * fit.scale
  const colour = shot.side ? colours[shot.side] : '#888888'
  const r = Math.max(3, fit.scale * 0.55)
  ctx.globalAlpha = 0.85
  ctx.beginPath()
  if (shot.isMade) ctx.arc(x, y, r, 0, 2 * Math.PI)
  else {
    ctx.moveTo(x - r, y - r)
    ctx.lineTo(x + r, y + r)
    ctx.moveTo(x + r, y - r)
    ctx.lineTo(x - r, y + r)
  }
  ctx.lineCap = 'round'
  ctx.lineWidth = shot.isMade ? 3 : 4.5
  ctx.strokeStyle = 'rgb(255 255 255 / 75%)'
  ctx.stroke()
  if (shot.isMade) {
    ctx.fillStyle = colour
    ctx.fill()
  } else {
    ctx.lineWidth = 2.25
    ctx.strokeStyle = colour
    ctx.stroke()
  }
  ctx.globalAlpha = 1
}

function drawGround(ctx: CanvasRenderingContext2D, size: Size, fit: Fit, palette: Palette): void {
  const { isDark } = palette
  ctx.fillStyle = isDark ? '#171310' : '#d9c4a5'
  ctx.fillRect(0, 0, size.width, size.height)
  ctx.save()
  ctx.translate(fit.left, fit.top)
  ctx.scale(fit.scale, fit.scale)
  ctx.fillStyle = isDark ? '#3a2c1f' : '#efdcbd'
  ctx.fillRect(0, 0, court.length, court.width)
  ctx.strokeStyle = isDark ? 'rgb(255 255 255 / 46%)' : 'rgb(60 40 20 / 60%)'
  ctx.lineWidth = 0.22
  ctx.strokeRect(0, 0, court.length, court.width)
  ctx.beginPath()
  ctx.moveTo(court.length / 2, 0)
  ctx.lineTo(court.length / 2, court.width)
  ctx.stroke()
  circle(ctx, court.length / 2, court.width / 2, court.circleRadius)
  drawHalf(ctx, isDark)
  ctx.translate(court.length, 0)
  ctx.scale(-1, 1)
  drawHalf(ctx, isDark)
  ctx.restore()
}

function drawHalf(ctx: CanvasRenderingContext2D, isDark: boolean): void {
  const middle = court.width / 2
  const top = middle - court.keyWidth / 2
  ctx.fillStyle = isDark ? 'rgb(255 255 255 / 5%)' : 'rgb(120 70 20 / 12%)'
  ctx.fillRect(0, top, court.keyLength, court.keyWidth)
  ctx.strokeRect(0, top, court.keyLength, court.keyWidth)
  circle(ctx, court.keyLength, middle, court.circleRadius)
  const angle = cornerAngle()
  const corner = court.cornerFromSideline
  ctx.beginPath()
  ctx.moveTo(0, corner)
  ctx.arc(court.basketFromBaseline, middle, court.threeRadius, -angle, angle)
  ctx.lineTo(0, court.width - corner)
  ctx.stroke()
  circle(ctx, court.basketFromBaseline, middle, 0.75)
  ctx.beginPath()
  ctx.moveTo(4, middle - 3)
  ctx.lineTo(4, middle + 3)
  ctx.stroke()
}

function circle(ctx: CanvasRenderingContext2D, x: number, y: number, radius: number): void {
  ctx.beginPath()
  ctx.arc(x, y, radius, 0, 2 * Math.PI)
  ctx.stroke()
}
