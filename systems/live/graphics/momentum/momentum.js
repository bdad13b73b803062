import { AirGraphic } from '../shared/air-graphic.js'
import { chartPoints } from '../shared/chart.js'
import { sideColours } from '../shared/colour.js'
import { isNumber, within, words } from '../shared/format.js'

/** @typedef {import('./from-insight.js').MomentumData} Data */

const width = 800
const height = 96
const mostBars = 80

/** How the game leaned, as bars up (home) and down (away), with a word for now. */
export default class Momentum extends AirGraphic {
  /** @override */
  static needs = 'value'
  /** @override */
  static markup = `
    <div class="panel board" data-in="up">
      <div class="head"><span class="label">Momentum</span><span class="word lean"></span><span class="small clock"></span></div>
      <div class="body">
        <span class="name home"></span>
        <svg viewBox="0 0 ${width} ${height}" preserveAspectRatio="none"><path class="up" /><path class="down" /><path class="zero" d="M0 ${height / 2}H${width}" /></svg>
        <span class="name away"></span>
      </div>
      <div class="meter"><div class="track left"><i class="away-share"></i></div><div class="track"><i class="home-share"></i></div></div>
    </div>`
  /** @override */
  static style = `
    .board { left: 460px; right: 460px; bottom: 54px; padding: 16px 28px 22px; }
    .head { display: grid; grid-template-columns: 1fr auto 1fr; align-items: center; height: 44px; }
    .head .clock { text-align: right; }
    .lean { font-size: 36px; }
    .body { position: relative; height: ${height}px; margin: 10px 0 14px; }
    svg { position: absolute; right: 0; width: ${width}px; height: ${height}px; }
    .name { position: absolute; left: 0; font-size: 32px; font-weight: 750; }
    .home { top: 4px; } .away { bottom: 4px; }
    .up { fill: var(--home); } .down { fill: var(--away); }
    .zero { stroke: rgb(255 255 255 / 55%); stroke-width: 2; }
    .meter { display: grid; grid-template-columns: 1fr 1fr; gap: 4px; }
    .meter .track { height: 18px; }
    .left > i { transform-origin: 100% 50%; }
    .home-share { background: var(--home); } .away-share { background: var(--away); }`

  /** @override @param {Partial<Data>} data */
  show(data) {
    const colours = sideColours(data.homeColour, data.awayColour)
    this.stage.style.setProperty('--home', colours.home)
    this.stage.style.setProperty('--away', colours.away)
    const value = within(data.value, -100, 100, 0)
    this.find('home').textContent = words(data.home)
    this.find('away').textContent = words(data.away)
    this.find('clock').textContent = words(data.clock)
    this.find('lean').textContent = isNumber(data.value)
      ? leanWords(value, words(data.home), words(data.away))
      : ''
    this.motion.to(
      this.find('home-share'),
      { transform: `scaleX(${Math.max(0, value) / 100})` },
      { durationMs: 600 },
    )
    this.motion.to(
      this.find('away-share'),
      { transform: `scaleX(${Math.max(0, -value) / 100})` },
      { durationMs: 600 },
    )
    const points = chartPoints(data.line, 'value').slice(-mostBars)
    const bar = width / mostBars
    let [up, down] = ['', '']
    points.forEach((point, index) => {
      const x = width - (points.length - index) * bar
      const tall = (within(point.value, -100, 100, 0) / 100) * (height / 2)
      const path = `M${x} ${height / 2}v${-tall}h${bar - 2}v${tall}z`
      if (tall >= 0) up += path
      else down += path
    })
    this.stage.querySelector('path.up')?.setAttribute('d', up)
    this.stage.querySelector('path.down')?.setAttribute('d', down)
  }
}

/** @param {number} value @param {string} home @param {string} away */
function leanWords(value, home, away) {
  if (Math.abs(value) < 15) return 'Even'
  const side = value > 0 ? home : away
  return Math.abs(value) < 50 ? `${side} ahead on form` : `${side} on a run`
}
